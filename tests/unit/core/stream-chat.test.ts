import { describe, expect, test } from 'vitest';
import { BackendError } from '../../../src/core/backend-error';
import type { ChatEvent } from '../../../src/core/chat-event';
import { streamChat } from '../../../src/core/stream-chat';

const request = { modelId: 'm', messages: [], params: {} };
const start: ChatEvent = { type: 'stream-start', modelId: 'm', effects: [] };
const delta: ChatEvent = { type: 'text-delta', text: 'a' };
const end: ChatEvent = { type: 'stream-end', reason: 'stop' };

async function collect(
  chat: (signal: AbortSignal) => AsyncIterable<ChatEvent>,
  signal = new AbortController().signal,
): Promise<ChatEvent[]> {
  const events: ChatEvent[] = [];
  for await (const event of streamChat({ chat: (_, given) => chat(given) }, request, signal))
    events.push(event);
  return events;
}

describe('streamChat', () => {
  test('passes a whole stream on', async () => {
    const events = await collect(async function* () {
      yield* [start, delta, end];
    });
    expect(events).toEqual([start, delta, end]);
  });

  test('a throw becomes the terminal event, after what had arrived', async () => {
    const error = new BackendError('server-failed', 'gone');
    const events = await collect(async function* () {
      yield* [start, delta];
      throw error;
    });
    expect(events).toEqual([start, delta, { type: 'stream-error', error }]);
  });

  test('anything thrown becomes a BackendError', async () => {
    const events = await collect(() => {
      throw new TypeError('odd');
    });
    expect(events).toMatchObject([{ type: 'stream-error', error: { code: 'internal', message: 'odd' } }]);
  });

  test('an end without a terminal event is told', async () => {
    const events = await collect(async function* () {
      yield* [start, delta];
    });
    expect(events.at(-1)).toMatchObject({ type: 'stream-error', error: { code: 'malformed-stream' } });
  });

  test('nothing follows the first terminal event', async () => {
    const events = await collect(async function* () {
      yield* [start, end, delta, end];
    });
    expect(events).toEqual([start, end]);
  });

  test('an abort ends the stream although the backend never answers', async () => {
    const controller = new AbortController();
    const stuck = collect(async function* () {
      yield start;
      await new Promise(() => undefined);
    }, controller.signal);
    setTimeout(() => controller.abort(), 5);
    expect((await stuck).at(-1)).toEqual({ type: 'stream-end', reason: 'aborted' });
  });

  test('a backend that throws because of the abort has not failed', async () => {
    const controller = new AbortController();
    const events = await collect(async function* (signal) {
      yield start;
      controller.abort();
      signal.throwIfAborted();
    }, controller.signal);
    expect(events.at(-1)).toEqual({ type: 'stream-end', reason: 'aborted' });
  });

  test('an abort before the start asks nothing', async () => {
    let isAsked = false;
    const events = await collect(async function* () {
      isAsked = true;
      yield end;
    }, AbortSignal.abort());
    expect(events).toEqual([{ type: 'stream-end', reason: 'aborted' }]);
    expect(isAsked).toBe(false);
  });

  test('a reader that walks away closes the backend’s stream', async () => {
    let isClosed = false;
    const chat = async function* (): AsyncGenerator<ChatEvent> {
      try {
        yield* [start, delta, delta, end];
      } finally {
        isClosed = true;
      }
    };
    for await (const event of streamChat({ chat }, request, new AbortController().signal)) {
      if (event.type === 'text-delta') break;
    }
    await expect.poll(() => isClosed).toBe(true);
  });
});
