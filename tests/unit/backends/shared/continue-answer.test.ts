/** What a backend is asked, and what comes back, where an answer goes on. */
import { expect, test } from 'vitest';
import { continueAnswer } from '../../../../src/backends/shared/continue-answer';
import { createServerBackend } from '../../../contract/support/server-rows';
import { leavesLastTurnOpen } from '../../../../src/backends/ollama/leaves-last-turn-open';
import type { ChatRequest } from '../../../../src/core/backend';
import type { ChatEvent } from '../../../../src/core/chat-event';
import { streamChat } from '../../../../src/core/stream-chat';

const never = new AbortController().signal;
const request: ChatRequest = {
  modelId: 'm',
  continues: true,
  messages: [
    { role: 'user', text: 'Where does it rain?' },
    { role: 'assistant', text: 'It rains in the capital' },
  ],
  params: { seed: 1, format: 'json' },
};

/** An engine that says these words. */
function saying(...words: readonly string[]) {
  const asked: ChatRequest[] = [];
  async function* chat(one: ChatRequest): AsyncGenerator<ChatEvent> {
    asked.push(one);
    yield {
      type: 'stream-start',
      modelId: 'm',
      effects: [{ param: 'thinking', outcome: 'sent', requested: false }],
    };
    for (const text of words) yield { type: 'text-delta', text };
    yield { type: 'stream-end', reason: 'stop' };
  }
  return { asked, chat };
}

async function collect(events: AsyncIterable<ChatEvent>) {
  const all: ChatEvent[] = [];
  for await (const event of events) all.push(event);
  return {
    start: all[0],
    text: all.map((event) => (event.type === 'text-delta' ? event.text : '')).join(''),
  };
}

test('natively: the same messages, no thought, and no form that would start anew', async () => {
  const { asked, chat } = saying(' of', ' Peru');
  const { start, text } = await collect(continueAnswer(chat, request, 'natively', never));
  expect(asked[0]).toMatchObject({ continues: true, messages: request.messages });
  expect(asked[0]?.params).toEqual({ seed: 1, thinking: false });
  expect(text).toBe(' of Peru');
  // Nobody set how it thinks, so nothing is told of it.
  expect(start).toMatchObject({
    continued: 'natively',
    effects: [{ param: 'format', outcome: 'ignored', requested: 'json' }],
  });
});

test('by asking: a question that quotes the last words, and the repetition left out', async () => {
  const { asked, chat } = saying('rains in', ' the capital', ' of Peru');
  const { start, text } = await collect(continueAnswer(chat, request, 'by asking', never));
  expect(asked[0]?.continues).toBeUndefined();
  expect(asked[0]?.messages.slice(0, 2)).toEqual(request.messages);
  expect(asked[0]?.messages[2]?.text).toContain('“It rains in the capital”');
  expect(text).toBe(' of Peru');
  expect(start).toMatchObject({ continued: 'by asking' });
});

test('a request that continues nothing is passed on as it is', async () => {
  const { asked, chat } = saying('x');
  const plain = { ...request, continues: undefined };
  expect((await collect(continueAnswer(chat, plain, 'natively', never))).start).not.toHaveProperty(
    'continued',
  );
  expect(asked).toEqual([plain]);
});

const bodies = [
  ['vllm', 'chat', { continue_final_message: true, add_generation_prompt: false }, 2],
  ['llamacpp', 'chat', { continue_final_message: true, add_generation_prompt: false }, 2],
  ['instructlab', 'chat', {}, 3],
  ['openai', 'chat', {}, 3],
  ['openai', 'plain', { prompt: 'Where does it rain?\n\nIt rains in the capital' }, undefined],
] as const;

test.for(bodies)('%s gets the request in its own words (%s)', async ([kind, promptFormat, fields, turns]) => {
  let body: Record<string, unknown> = {};
  const answer =
    'data: {"choices":[{"delta":{"content":"x"},"text":"x","finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
  const backend = createServerBackend(kind, 'http://localhost:1', (_url, init) => {
    body = JSON.parse(init?.body as string) as Record<string, unknown>;
    return Promise.resolve(new Response(answer, { headers: { 'content-type': 'text/event-stream' } }));
  });
  const { text } = await collect(streamChat(backend, { ...request, promptFormat }, never));
  expect(text.trim()).toBe('x');
  expect(body).toMatchObject(fields);
  expect((body['messages'] as unknown[] | undefined)?.length).toBe(turns);
  if (turns === 3) expect(body).not.toHaveProperty('continue_final_message');
  if (turns === 2) expect(body).toMatchObject({ chat_template_kwargs: { enable_thinking: false } });
});

const templates = [
  [
    'ends every turn',
    '{{ range .Messages }}<|im_start|>{{ .Role }}\n{{ .Content }}<|im_end|>\n{{ end }}',
    '',
    false,
  ],
  [
    'all but the last',
    '{{ range .Messages }}{{ .Content }}{{ if not $last }}<|eot_id|>{{ end }}{{ end }}',
    '',
    true,
  ],
  ['of before messages', '{{ .System }} {{ .Prompt }} {{ .Response }}', '', true],
  ['a renderer that leaves it open', '', 'qwen3-vl-instruct', true],
  ['a renderer that does not', '', 'glm-4.7', false],
] as const;

test.for(templates)('an Ollama template: %s', ([, template, renderer, isOpen]) => {
  expect(leavesLastTurnOpen(template, renderer)).toBe(isOpen);
});
