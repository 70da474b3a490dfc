/** The least that a page can do with a stream: fetch, split, parse, append, follow the end. */
import subject from '../render/subjects/streaming-markdown';

interface Piece {
  readonly choices: readonly { readonly delta?: { readonly content?: string } }[];
}

const scroller = element('scroller');
const content = element('content');

/** Resolves when everything that arrived is drawn. */
async function ask(prompt: string, model: string): Promise<void> {
  content.replaceChildren();
  const sink = await subject.mount(content);
  const response = await fetch('/relay/openai/v1/chat/completions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: prompt }] }),
  });
  if (!response.body) throw new Error('There is no stream.');
  const stopFollowing = followEnd();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let held = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const events = (held + value).split('\n\n');
    held = events.pop() ?? '';
    for (const event of events) {
      if (event === 'data: [DONE]') continue;
      const text = (JSON.parse(event.slice('data: '.length)) as Piece).choices[0]?.delta?.content;
      if (text) sink.push(text);
    }
  }
  sink.finish();
  await new Promise(requestAnimationFrame);
  stopFollowing();
}

function followEnd(): () => void {
  let isOn = true;
  const tick = () => {
    scroller.scrollTop = scroller.scrollHeight;
    if (isOn) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  return () => {
    isOn = false;
  };
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`index.html has no #${id}`);
  return found;
}

Object.assign(window, { ask });
