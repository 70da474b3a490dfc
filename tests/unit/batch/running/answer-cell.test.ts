/** One cell: loaded, asked, kept as a row; and nothing of one that was stopped. */
import { describe, expect, it } from 'vitest';
import { answerCell, type CellBackend } from '../../../../src/batch/running/answer-cell';
import { loadOnce } from '../../../../src/batch/running/load-once';
import { BackendError } from '../../../../src/core/backend-error';
import type { ChatEvent } from '../../../../src/core/chat-event';

const never = new AbortController().signal;
const source = { kind: 'vllm', label: 'vLLM · m' } as const;
const request = () => ({ modelId: 'm', messages: [], params: {} });

function backendOf(events: readonly ChatEvent[], load?: CellBackend['load']): CellBackend {
  return {
    source,
    load: load ?? (() => Promise.resolve({ modelId: 'm', runsOn: 'server', contextLength: 100 })),
    backend: () =>
      Promise.resolve({
        async *chat() {
          yield* events;
        },
      }),
  };
}

describe('answerCell', () => {
  it('keeps text, figures and the window in force', async () => {
    const events: ChatEvent[] = [
      { type: 'text-delta', text: 'yes' },
      { type: 'stream-end', reason: 'length', contextLength: 64 },
    ];
    const result = await answerCell({ cell: 4, attempt: 2, request }, backendOf(events), never);
    expect(result).toMatchObject({
      cell: 4,
      attempts: 2,
      state: 'done',
      text: 'yes',
      endReason: 'length',
      source,
      loaded: { runsOn: 'server', contextLength: 64 },
      measurement: { isEstimated: true },
    });
  });

  it('is a failure where the model cannot be had or a variable is missing, and throws nothing', async () => {
    const missing = new BackendError('model-not-found', 'no such model', { hint: 'another' });
    const unloaded = backendOf([], () => Promise.reject(missing));
    expect(await answerCell({ cell: 0, attempt: 1, request }, unloaded, never)).toMatchObject({
      state: 'failed',
      text: '',
      error: { code: 'model-not-found', message: 'no such model', detail: { hint: 'another' } },
    });
    const unfilled = {
      cell: 0,
      attempt: 1,
      request: () => {
        throw new BackendError('bad-request', 'no column');
      },
    };
    expect(await answerCell(unfilled, backendOf([]), never)).toMatchObject({
      error: { code: 'bad-request' },
    });
  });

  it('leaves nothing of an answer that was stopped, in the load or in the text', async () => {
    const stopping = new AbortController();
    const inText: CellBackend = {
      ...backendOf([]),
      backend: () =>
        Promise.resolve({
          async *chat(): AsyncGenerator<ChatEvent> {
            yield { type: 'text-delta', text: 'half' };
            stopping.abort();
            yield { type: 'text-delta', text: 'more' };
          },
        }),
    };
    expect(await answerCell({ cell: 0, attempt: 1, request }, inText, stopping.signal)).toBeUndefined();
    const inLoad = backendOf([], () => Promise.reject(new Error('aborted')));
    expect(await answerCell({ cell: 0, attempt: 1, request }, inLoad, stopping.signal)).toBeUndefined();
  });
});

it('a load is asked once for all answers of a model, and again after it failed', async () => {
  let loads = 0;
  const load = loadOnce(() => {
    loads++;
    return loads === 1
      ? Promise.reject(new Error('away'))
      : Promise.resolve({ modelId: 'm', runsOn: 'server' });
  });
  const one = { modelId: 'm', params: {} };
  const ask = (params = {}) => load({ ...one, params }, () => undefined, never);
  await expect(ask()).rejects.toThrow('away');
  await Promise.all([ask(), ask({ temperature: 1 }), ask()]);
  expect(loads).toBe(2);
  await ask({ contextLength: 8192 });
  expect(loads).toBe(3);
});
