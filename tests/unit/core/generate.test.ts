import { expect, test } from 'vitest';
import type { Backend, ChatRequest } from '../../../src/core/backend';
import { BackendError } from '../../../src/core/backend-error';
import type { ChatEvent } from '../../../src/core/chat-event';
import { generate } from '../../../src/core/generate';

const { signal } = new AbortController();

function backendThat(events: readonly ChatEvent[], seen: ChatRequest[] = []): Backend {
  return {
    id: 'x',
    label: 'X',
    params: {} as Backend['params'],
    probe: async () => ({ state: 'ready' }),
    listModels: async () => [],
    load: async ({ modelId }) => ({ modelId, runsOn: 'server' }),
    async *chat(request) {
      seen.push(request);
      yield* events;
    },
    dispose: async () => undefined,
  };
}

test('folds a stream into one answer', async () => {
  const seen: ChatRequest[] = [];
  const effect = { param: 'topK', outcome: 'ignored', requested: 1 } as const;
  const backend = backendThat(
    [
      { type: 'stream-start', modelId: 'm', effects: [effect] },
      { type: 'reasoning-delta', text: 'hm' },
      { type: 'text-delta', text: 'pa' },
      { type: 'text-delta', text: 'ris' },
      { type: 'stream-end', reason: 'length', usage: { completionTokens: 2 } },
    ],
    seen,
  );
  const answer = await generate(backend, 'Capital?', { modelId: 'm', system: 'Be brief.', signal });
  expect(answer).toEqual({
    text: 'paris',
    reasoning: 'hm',
    reason: 'length',
    usage: { completionTokens: 2 },
    effects: [effect],
  });
  expect(seen[0]?.messages).toEqual([
    { role: 'system', text: 'Be brief.' },
    { role: 'user', text: 'Capital?' },
  ]);
});

test('a failing stream rejects with the error', async () => {
  const error = new BackendError('rate-limited', 'wait');
  const backend = backendThat([{ type: 'stream-error', error }]);
  await expect(generate(backend, 'x', { modelId: 'm', signal })).rejects.toBe(error);
});
