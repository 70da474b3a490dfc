/** An answer in two pieces is the answer in one: the real engines go on with a text as if they had written it. */
import { afterAll, describe, expect, test } from 'vitest';
import { streamChat } from '../../../src/core/stream-chat';
import type { Backend } from '../../../src/core/backend';
import type { ChatEvent } from '../../../src/core/chat-event';
import { ask, never, tinyBackend, tinyModel, user } from '../backends/tiny-model';
import { onnxBackend, tinyOnnx } from '../backends/tiny-onnx';

const engines = [
  { name: 'wllama', model: tinyModel(), backendOf: tinyBackend },
  { name: 'Transformers.js', model: tinyOnnx(), backendOf: onnxBackend },
];

async function goOn(backend: Backend, modelId: string, question: string, before: string) {
  const messages = [user(question), { role: 'assistant', text: before } as const];
  const request = { modelId, messages, params: { temperature: 0 }, continues: true } as const;
  const events: ChatEvent[] = [];
  for await (const event of streamChat(backend, request, never())) events.push(event);
  return {
    events,
    text: events.map((event) => (event.type === 'text-delta' ? event.text : '')).join(''),
  };
}

describe.for(engines)('$name', ({ model, backendOf }) => {
  const backend = backendOf(model);
  afterAll(() => backend.dispose());

  test.for(['count to ten', 'what is the capital of france', 'hello', 'write code', 'unicode'])(
    '“%s” cut after six tokens',
    async (question) => {
      const whole = await ask(backend, model.id, question, { temperature: 0 });
      const cut = await ask(backend, model.id, question, { temperature: 0, maxTokens: 6 });
      expect(cut.last).toMatchObject({ type: 'stream-end', reason: 'length' });
      expect(cut.text).not.toBe(whole.text);
      const rest = await goOn(backend, model.id, question, cut.text);
      expect(cut.text + rest.text).toBe(whole.text);
      expect(rest.events[0]).toMatchObject({ type: 'stream-start', continued: 'natively' });
      expect(rest.events.at(-1)).toMatchObject({ type: 'stream-end', reason: 'stop' });
    },
  );
});
