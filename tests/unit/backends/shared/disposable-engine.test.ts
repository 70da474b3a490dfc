import { afterEach, describe, expect, it } from 'vitest';
import { DisposableEngine } from '../../../../src/backends/shared/disposable-engine';
import type { Engine, EngineEvent } from '../../../../src/backends/shared/engine';
import { BackendError } from '../../../../src/core/backend-error';
import {
  chatRequest,
  closePairs,
  loaded,
  makePair,
  optionsFor,
  type Options,
  type Pair,
} from './worker-pair';
import { untilAborted } from '../../../support/until-aborted';

afterEach(closePairs);

const never = () => new AbortController().signal;

function makeEngine(engine: Partial<Engine<Options>>) {
  const workers: Pair[] = [];
  const disposable = new DisposableEngine<Options>({
    startWorker() {
      const pair = makePair(engine);
      workers.push(pair);
      return pair.port;
    },
    openFiles: () => Promise.resolve({ files: [] }),
  });
  return { disposable, workers };
}

async function collect(events: AsyncIterable<EngineEvent>): Promise<EngineEvent[]> {
  const all: EngineEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

const a = optionsFor('a');
const b = optionsFor('b');

describe('DisposableEngine', () => {
  it('gives each model a worker of its own and ends the one before', async () => {
    const { disposable, workers } = makeEngine({});
    await disposable.load(a, () => undefined, never());
    await disposable.load({ ...a }, () => undefined, never());
    expect(workers).toHaveLength(1);
    await disposable.load(b, () => undefined, never());
    expect(workers.map((worker) => worker.isTerminated())).toEqual([true, false]);
    expect(disposable.current?.options).toEqual(b);
  });

  it('keeps the worker after a request that was at fault, replaces it after any other failure', async () => {
    const failures = [
      new BackendError('context-overflow', 'Long.'),
      new BackendError('load-failed', 'Broke.'),
    ];
    const { disposable, workers } = makeEngine({
      // eslint-disable-next-line require-yield
      async *chat() {
        await Promise.resolve();
        const failure = failures.shift();
        if (failure) throw failure;
      },
    });
    await expect(collect(disposable.chat(chatRequest(), a, never()))).rejects.toThrow('Long.');
    await expect(collect(disposable.chat(chatRequest(), a, never()))).rejects.toThrow('Broke.');
    expect(workers.map((worker) => worker.isTerminated())).toEqual([true]);
    expect(disposable.current).toBeUndefined();
    expect(await collect(disposable.chat(chatRequest(), a, never()))).toEqual([]);
    expect(workers).toHaveLength(2);
  });

  it('replaces an engine that is deaf to a stop', async () => {
    let isDeaf = true;
    const { disposable, workers } = makeEngine({
      async *chat() {
        yield { type: 'text-delta', text: 'a' };
        if (isDeaf) await new Promise(() => undefined);
      },
    });
    const controller = new AbortController();
    const events: EngineEvent[] = [];
    for await (const event of disposable.chat(chatRequest(), a, controller.signal)) {
      events.push(event);
      controller.abort();
    }
    expect(events.at(-1)).toEqual({ type: 'stream-end', reason: 'aborted' });
    isDeaf = false;
    await collect(disposable.chat(chatRequest(), a, never()));
    expect(workers.map((worker) => worker.isTerminated())).toEqual([true, false]);
  });

  it('keeps an engine that obeys a stop', async () => {
    const { disposable, workers } = makeEngine({
      async *chat(request, signal) {
        yield { type: 'text-delta', text: 'a' };
        if (request.messages[0]?.text === 'wait') await untilAborted(signal);
      },
    });
    const controller = new AbortController();
    for await (const { type } of disposable.chat(chatRequest('wait'), a, controller.signal)) {
      if (type === 'text-delta') controller.abort();
    }
    await collect(disposable.chat(chatRequest(), a, never()));
    expect(workers.map((worker) => worker.isTerminated())).toEqual([false]);
  });

  it('asks the engine one thing at a time, in the order of arrival', async () => {
    let running = 0;
    const order: string[] = [];
    const { disposable } = makeEngine({
      async *chat(request) {
        expect(++running).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 1));
        order.push(request.messages[0]?.text ?? '');
        running--;
        yield { type: 'stream-end', reason: 'stop' };
      },
    });
    const names = ['1', '2', '3', '4', '5', '6'];
    await Promise.all(names.map((name) => collect(disposable.chat(chatRequest(name), a, never()))));
    expect(order).toEqual(names);
  });

  it('lets the queue go on after a load that failed', async () => {
    const { disposable, workers } = makeEngine({
      load: ({ model }) =>
        model.id === 'a'
          ? Promise.reject(new BackendError('load-failed', 'Damaged.'))
          : Promise.resolve(loaded),
    });
    const first = disposable.load(a, () => undefined, never());
    const second = disposable.load(b, () => undefined, never());
    await expect(first).rejects.toThrow('Damaged.');
    expect(await second).toMatchObject(loaded);
    expect(workers.map((worker) => worker.isTerminated())).toEqual([true, false]);
  });

  it('dispose ends a load that is under way', async () => {
    const { disposable } = makeEngine({ load: () => new Promise(() => undefined) });
    const load = disposable.load(a, () => undefined, never());
    await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve, 5));
    disposable.dispose();
    await expect(load).rejects.toMatchObject({ code: 'load-failed' });
  });
});
