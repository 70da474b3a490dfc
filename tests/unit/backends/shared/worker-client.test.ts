import { afterEach, describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../../src/backends/shared/engine';
import { BackendError } from '../../../../src/core/backend-error';
import { textOf } from '../../../contract/support/collect-events';
import { chatRequest, closePairs, loaded, makePair, optionsFor } from './worker-pair';
import { untilAborted } from '../../../support/until-aborted';

afterEach(closePairs);

const never = () => new AbortController().signal;
const end: EngineEvent = { type: 'stream-end', reason: 'stop' };
const delta = (text: string): EngineEvent => ({ type: 'text-delta', text });

async function collect(events: AsyncIterable<EngineEvent>): Promise<EngineEvent[]> {
  const all: EngineEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

function saying(...events: EngineEvent[]) {
  return async function* () {
    for (const event of events) yield await Promise.resolve(event);
  };
}

describe('load', () => {
  it('passes the options, the progress in order and the model', async () => {
    const seen: unknown[] = [];
    const { client } = makePair({
      load(options, files, onProgress) {
        seen.push(options, files);
        onProgress({ phase: 'download', loaded: 1, total: 2 });
        onProgress({ phase: 'initialize' });
        return Promise.resolve(loaded);
      },
    });
    const files = [{ path: 'a.gguf', blob: new Blob(['bytes']) }];
    const model = await client.load(optionsFor('a'), files, (progress) => seen.push(progress), never());
    expect(model).toEqual(loaded);
    expect(seen).toEqual([
      optionsFor('a'),
      [{ path: 'a.gguf', blob: expect.any(Blob) as Blob }],
      { phase: 'download', loaded: 1, total: 2 },
      { phase: 'initialize' },
    ]);
  });

  it('brings an error across with its code and detail', async () => {
    const error = new BackendError('model-not-found', 'Gone.', { status: 404, hint: 'Look elsewhere.' });
    const { client } = makePair({ load: () => Promise.reject(error) });
    const failure = client.load(optionsFor('a'), [], () => undefined, never());
    await expect(failure).rejects.toThrow(BackendError);
    await expect(failure).rejects.toMatchObject(error.toPlain());
  });

  it('ends the worker when it is stopped', async () => {
    const { client, isTerminated } = makePair({ load: () => new Promise(() => undefined) });
    const controller = new AbortController();
    const load = client.load(optionsFor('a'), [], () => undefined, controller.signal);
    controller.abort();
    await expect(load).rejects.toMatchObject({ name: 'AbortError' });
    expect(isTerminated()).toBe(true);
  });
});

describe('chat', () => {
  it('pushes the events in order without being asked for each', async () => {
    const events = [delta('a'), delta('b'), delta('c'), end];
    const { client, replies } = makePair({ chat: saying(...events) });
    const seen = await collect(client.chat(chatRequest(), never()));
    expect(textOf(seen)).toBe('abc');
    expect(seen.at(-1)).toEqual(end);
    expect(replies[0]).toEqual({ id: 1, type: 'events', events: [delta('a')] });
    expect(replies.at(-1)).toEqual({ id: 1, type: 'done' });
  });

  it('keeps two requests apart', async () => {
    const { client } = makePair({
      async *chat(request) {
        const text = request.messages[0]?.text ?? '';
        for (let part = 0; part < 3; part++) yield await Promise.resolve(delta(`${text}${part}`));
      },
    });
    const [one, two] = await Promise.all([
      collect(client.chat(chatRequest('x'), never())),
      collect(client.chat(chatRequest('y'), never())),
    ]);
    expect(textOf(one)).toBe('x0x1x2');
    expect(textOf(two)).toBe('y0y1y2');
  });

  it('delivers what had come before an error', async () => {
    const { client } = makePair({
      async *chat() {
        yield await Promise.resolve(delta('a'));
        throw new BackendError('context-overflow', 'Too long.');
      },
    });
    const seen: EngineEvent[] = [];
    const reading = (async () => {
      for await (const event of client.chat(chatRequest(), never())) seen.push(event);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'context-overflow' });
    expect(seen).toEqual([delta('a')]);
  });

  it('names the request that it stops, ends at once, and is idle only when the engine has followed', async () => {
    const stopped: string[] = [];
    let finish = (): void => undefined;
    const { client } = makePair({
      async *chat(request, signal) {
        const name = request.messages[0]?.text ?? '';
        yield delta(name);
        if (name === 'other') return;
        await untilAborted(signal);
        stopped.push(name);
        await new Promise<void>((resolve) => (finish = resolve));
      },
    });
    const controller = new AbortController();
    const events: EngineEvent[] = [];
    const other = collect(client.chat(chatRequest('other'), never()));
    for await (const event of client.chat(chatRequest('mine'), controller.signal)) {
      events.push(event);
      controller.abort();
    }
    expect(events).toEqual([delta('mine'), { type: 'stream-end', reason: 'aborted' }]);
    expect(await other).toEqual([delta('other')]);
    let isIdle = false;
    const idle = client.idle().then(() => (isIdle = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(stopped).toEqual(['mine']);
    expect(isIdle).toBe(false);
    finish();
    await idle;
  });

  it('stops the engine when the reader walks away', async () => {
    let wasStopped = false;
    const { client } = makePair({
      async *chat(_request, signal) {
        yield delta('a');
        await untilAborted(signal);
        wasStopped = true;
      },
    });
    for await (const { type } of client.chat(chatRequest(), never())) if (type === 'text-delta') break;
    await client.idle();
    expect(wasStopped).toBe(true);
  });
});

describe('a worker that breaks', () => {
  it.each([
    ['an error event', new Event('error')],
    ['a message that cannot be read', new Event('messageerror')],
  ])('rejects everything that is pending after %s', async (_name, event) => {
    const hang = () => new Promise<never>(() => undefined);
    const { client, fire, isTerminated } = makePair({
      load: hang,
      async *chat() {
        yield delta('a');
        await hang();
      },
    });
    const load = client.load(optionsFor('a'), [], () => undefined, never());
    const chat = collect(client.chat(chatRequest(), never()));
    await new Promise((resolve) => setTimeout(resolve, 10));
    fire(event);
    await expect(load).rejects.toMatchObject({ code: 'load-failed' });
    await expect(chat).rejects.toMatchObject({ code: 'load-failed' });
    await client.idle();
    expect(isTerminated()).toBe(true);
  });

  it('rejects everything that is pending when the engine says that it broke', async () => {
    const { client, crash } = makePair({ load: () => new Promise(() => undefined) });
    const load = client.load(optionsFor('a'), [], () => undefined, never());
    crash(new BackendError('internal', 'The heap is gone.'));
    await expect(load).rejects.toMatchObject({ code: 'load-failed', detail: { said: 'The heap is gone.' } });
  });

  it('answers later requests with the reason', async () => {
    const { client } = makePair({});
    client.end(new BackendError('out-of-memory', 'Full.'));
    await expect(client.load(optionsFor('a'), [], () => undefined, never())).rejects.toThrow('Full.');
    await expect(collect(client.chat(chatRequest(), never()))).rejects.toThrow('Full.');
  });
});

describe('dispose', () => {
  it('frees the engine’s memory, then ends the worker', async () => {
    let isFreed = false;
    const { client, isTerminated } = makePair({
      dispose: () => {
        isFreed = true;
        return Promise.resolve();
      },
    });
    await client.dispose(1000);
    expect([isFreed, isTerminated()]).toEqual([true, true]);
  });

  it('does not wait for an engine that hangs', async () => {
    const { client, isTerminated } = makePair({ dispose: () => new Promise(() => undefined) });
    await client.dispose(5);
    expect(isTerminated()).toBe(true);
  });
});
