/** One answer whole, with its figures over a clock that the test moves. */
import { expect, test } from 'vitest';
import type { Backend } from '../../../src/core/backend';
import { BackendError } from '../../../src/core/backend-error';
import type { ChatEvent } from '../../../src/core/chat-event';
import { collectAnswer } from '../../../src/core/collect-answer';

const { signal } = new AbortController();
const request = { modelId: 'm', messages: [], params: {} };

/** Each event comes at its time, in milliseconds since the request. */
function scripted(events: readonly (readonly [ms: number, event: ChatEvent])[]) {
  let time = 0;
  const backend: Pick<Backend, 'chat'> = {
    async *chat() {
      for (const [ms, event] of events) {
        time = ms;
        yield event;
      }
    },
  };
  return { backend, now: () => time };
}

test('measures by the brackets of a chat: first token, the rest, and the load apart', async () => {
  const { backend, now } = scripted([
    [1, { type: 'stream-start', modelId: 'm', effects: [], isCold: true }],
    [100, { type: 'reasoning-delta', text: 'hm' }],
    [300, { type: 'text-delta', text: 'yes' }],
    [1100, { type: 'stream-end', reason: 'stop', usage: { promptTokens: 50, completionTokens: 11 } }],
  ]);
  const answer = await collectAnswer(backend, request, signal, { loadMs: 70 }, now);
  expect(answer).toMatchObject({ text: 'yes', reasoning: 'hm', endReason: 'stop' });
  expect(answer.measurement).toEqual({
    firstTokenMs: 100,
    totalMs: 1100,
    loadMs: 70,
    loadTimings: undefined,
    isCold: true,
    prefillTokensPerSecond: 500,
    tokensPerSecond: 10,
    completionTokens: 11,
    isEstimated: false,
  });
});

test('claims no speed of an answer that was not streamed', async () => {
  const { backend, now } = scripted([
    [900, { type: 'stream-start', modelId: 'm', effects: [], arrivesWhole: true }],
    [900, { type: 'text-delta', text: 'yes' }],
    // A long answer takes its time to be folded in.
    [950, { type: 'stream-end', reason: 'stop', usage: { promptTokens: 50, completionTokens: 11 } }],
  ]);
  const { measurement } = await collectAnswer(backend, request, signal, {}, now);
  expect(measurement).toMatchObject({ arrivedWhole: true, firstTokenMs: 900, totalMs: 950 });
  expect([measurement.tokensPerSecond, measurement.prefillTokensPerSecond]).toEqual([undefined, undefined]);
});

test('claims no speed of two attempts', async () => {
  const { backend, now } = scripted([
    [100, { type: 'text-delta', text: 'no' }],
    [200, { type: 'text-reset', reason: 'It was no JSON.' }],
    [300, { type: 'text-delta', text: '{}' }],
    [
      400,
      {
        type: 'stream-end',
        reason: 'stop',
        usage: { promptTokens: 50, completionTokens: 9 },
        isRepeated: true,
      },
    ],
  ]);
  const { measurement } = await collectAnswer(backend, request, signal, {}, now);
  expect(measurement).toMatchObject({ isRepeated: true, firstTokenMs: 100, totalMs: 400 });
  expect([measurement.tokensPerSecond, measurement.prefillTokensPerSecond]).toEqual([undefined, undefined]);
});

test('keeps what had arrived before it failed, and what became of the settings', async () => {
  const effect = { param: 'topK', outcome: 'refused', requested: 1 } as const;
  const { backend, now } = scripted([
    [1, { type: 'stream-start', modelId: 'm', effects: [] }],
    [5, { type: 'text-delta', text: 'The first ha' }],
    [9, { type: 'stream-error', error: new BackendError('server-failed', 'gone', { effects: [effect] }) }],
  ]);
  const answer = await collectAnswer(backend, request, signal, {}, now);
  expect(answer).toMatchObject({ text: 'The first ha', effects: [effect], error: { code: 'server-failed' } });
  expect(answer.endReason).toBeUndefined();
  expect(answer.measurement).toMatchObject({ totalMs: 9, isEstimated: true, completionTokens: 3 });
});

test('a text that was taken back is gone, and the reason stays', async () => {
  const { backend, now } = scripted([
    [1, { type: 'text-delta', text: '{"a":' }],
    [2, { type: 'text-reset', reason: 'It was no JSON.' }],
    [3, { type: 'text-delta', text: '{}' }],
    [4, { type: 'stream-end', reason: 'stop' }],
  ]);
  const answer = await collectAnswer(backend, request, signal, {}, now);
  expect(answer).toMatchObject({ text: '{}', corrections: ['It was no JSON.'] });
});
