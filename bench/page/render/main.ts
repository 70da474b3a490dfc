/** Streams an answer into one subject and scrolls along. */
import { endMark } from './answer';
import type { StreamMessage, StreamOrder } from './stream.worker';
import type { Sink, Subject } from './subject';

export interface Outcome {
  readonly tokens: number;
  /** Milliseconds between the last token and the frame that showed it. */
  readonly behindMs: number;
}

interface Bench {
  readonly mount: (subject: string) => Promise<void>;
  readonly stream: (order: StreamOrder) => Promise<Outcome>;
}

const subjects = import.meta.glob<{ default: Subject }>('./subjects/*.ts');
const scroller = element('scroller');
const content = element('content');
let sink: Sink | undefined;

const bench: Bench = {
  mount: async (name) => {
    const load = subjects[`./subjects/${name}.ts`];
    if (!load) throw new Error(`There is no subject ${name}.`);
    sink = await (await load()).default.mount(content);
  },
  stream: (order) => {
    if (!sink) throw new Error('Mount a subject first.');
    return stream(order, sink);
  },
};
Object.assign(window, { bench });

async function stream(order: StreamOrder, into: Sink): Promise<Outcome> {
  const stopScrolling = scrollAlong();
  const tokens = await receive(order, into);
  const ended = performance.now();
  while (!content.textContent.slice(-200).includes(endMark)) await nextFrame();
  const behindMs = performance.now() - ended;
  stopScrolling();
  return { tokens, behindMs };
}

function receive(order: StreamOrder, into: Sink): Promise<number> {
  const worker = new Worker(new URL('./stream.worker.ts', import.meta.url), { type: 'module' });
  return new Promise((resolve) => {
    worker.addEventListener('message', ({ data }: MessageEvent<StreamMessage>) => {
      if (data.type === 'tokens') {
        for (const token of data.tokens) into.push(token);
        return;
      }
      into.finish();
      worker.terminate();
      resolve(data.count);
    });
    worker.postMessage(order);
  });
}

/** Follows the end of the text as a chat does. @returns ends it */
function scrollAlong(): () => void {
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

function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`index.html has no #${id}`);
  return found;
}
