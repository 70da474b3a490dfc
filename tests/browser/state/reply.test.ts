/** One streaming answer: what is shown, what is kept, and how its figures come about. */
import { describe, expect, test } from 'vitest';
import type { LoadedModel } from '../../../src/core/backend';
import { BackendError } from '../../../src/core/backend-error';
import type { StreamEnd } from '../../../src/core/chat-event';
import { Reply } from '../../../src/state/reply.svelte';
import { answer } from '../storage/rows';

const loaded: LoadedModel = { modelId: 'm', runsOn: 'this-cpu', notice: 'kept in memory only' };
const end: StreamEnd = { type: 'stream-end', reason: 'stop', usage: { completionTokens: 21 } };

/** A clock that is moved by hand. */
function start(): { reply: Reply; at: (ms: number) => void } {
  let now = 0;
  const reply = new Reply(answer, () => now);
  return { reply, at: (ms) => (now = ms) };
}

describe('Reply', () => {
  test('measures load, first token and speed apart', () => {
    const { reply, at } = start();
    reply.loading({ phase: 'download', loaded: 1, total: 2 });
    expect(reply.state).toBe('loading');
    at(1000);
    reply.requested(loaded);
    at(1500);
    reply.apply({ type: 'text-delta', text: 'Hello' });
    at(2500);
    reply.apply(end);
    expect(reply.toMessage()).toMatchObject({
      state: 'done',
      text: 'Hello',
      runsOn: 'this-cpu',
      notice: 'kept in memory only',
      measurement: {
        loadMs: 1000,
        firstTokenMs: 500,
        totalMs: 1500,
        tokensPerSecond: 20,
        completionTokens: 21,
        isEstimated: false,
      },
    });
  });

  test('a bracket too short to measure gives no speed', () => {
    const { reply, at } = start();
    reply.requested(loaded);
    at(500);
    reply.apply({ type: 'text-delta', text: 'Hello' });
    at(505);
    reply.apply({ type: 'stream-end', reason: 'stop', usage: { completionTokens: 21 } });
    expect(reply.toMessage().measurement?.tokensPerSecond).toBeUndefined();
  });

  test('estimates say so', () => {
    const { reply, at } = start();
    reply.requested(loaded);
    reply.apply({ type: 'text-delta', text: 'x'.repeat(40) });
    at(1000);
    reply.apply({ type: 'stream-end', reason: 'stop' });
    expect(reply.toMessage().measurement).toMatchObject({ completionTokens: 10, isEstimated: true });
  });

  test('an answer that was not streamed has a first token, and no speed', () => {
    const { reply, at } = start();
    reply.requested(loaded);
    at(700);
    reply.apply({ type: 'stream-start', modelId: 'm', effects: [], arrivesWhole: true });
    reply.apply({ type: 'text-delta', text: 'Hello' });
    at(800);
    reply.apply(end);
    const { measurement } = reply.toMessage();
    expect(measurement).toMatchObject({ arrivedWhole: true, firstTokenMs: 700, totalMs: 800 });
    expect(measurement?.tokensPerSecond).toBeUndefined();
  });

  test('tokens are shown a frame at a time and all at once at the end', async () => {
    const { reply } = start();
    reply.requested(loaded);
    reply.apply({ type: 'text-delta', text: 'a' });
    reply.apply({ type: 'text-delta', text: 'b' });
    expect(reply.text).toBe('');
    expect(reply.arrived.text).toBe('ab');
    await expect.poll(() => reply.text).toBe('ab');
    reply.apply({ type: 'text-delta', text: 'c' });
    reply.apply(end);
    expect(reply.text).toBe('abc');
  });

  test('a failure after text is an incomplete answer, before it a failed one', () => {
    const error = new BackendError('unreachable', 'gone', { hint: 'look' });
    const { reply } = start();
    reply.apply({ type: 'text-delta', text: 'kept' });
    reply.fail(error);
    expect(reply.toMessage()).toMatchObject({ state: 'incomplete', text: 'kept', error: error.toPlain() });
    const other = start().reply;
    other.fail(error);
    expect(other.toMessage().state).toBe('failed');
  });

  test('an abort is a stop, not a failure', () => {
    const { reply } = start();
    reply.apply({ type: 'reasoning-delta', text: 'hm' });
    reply.apply({ type: 'stream-end', reason: 'aborted' });
    expect(reply.toMessage()).toMatchObject({ state: 'stopped', reasoning: 'hm', error: undefined });
  });
});

describe('a continued answer', () => {
  const earlier = { messageId: 'a0', modelLabel: 'M', length: 40 };
  const begun = { ...answer, text: 'x'.repeat(40), reasoning: 'Hm.', continuedFrom: earlier };

  function goOn(): { reply: Reply; at: (ms: number) => void } {
    let now = 0;
    const reply = new Reply(begun, () => now);
    reply.requested(loaded);
    reply.apply({ type: 'stream-start', modelId: 'm', effects: [], continued: 'by asking' });
    return { reply, at: (ms) => (now = ms) };
  }

  test('begins with the earlier text, and counts only what is new', () => {
    const { reply, at } = goOn();
    expect([reply.text, reply.estimatedTokens]).toEqual([begun.text, 0]);
    at(1000);
    reply.apply({ type: 'text-delta', text: 'y'.repeat(8) });
    at(2000);
    reply.apply({ type: 'stream-end', reason: 'stop' });
    expect(reply.estimatedTokens).toBe(2);
    expect(reply.toMessage()).toMatchObject({
      text: `${begun.text}${'y'.repeat(8)}`,
      reasoning: 'Hm.',
      measurement: { completionTokens: 2, isEstimated: true, firstTokenMs: 1000 },
      continuedFrom: { ...earlier, way: 'by asking' },
    });
  });

  test('that thinks anew keeps both thoughts apart', () => {
    const { reply } = goOn();
    reply.apply({ type: 'reasoning-delta', text: 'So' });
    reply.apply({ type: 'reasoning-delta', text: ' …' });
    reply.apply({ type: 'text-delta', text: 'y' });
    reply.apply({ type: 'stream-end', reason: 'stop' });
    expect(reply.toMessage().reasoning).toBe('Hm.\n\nSo …');
  });

  test('that takes its words back keeps what it continues, as does one that fails at once', () => {
    const { reply } = goOn();
    reply.apply({ type: 'text-delta', text: 'y' });
    reply.apply({ type: 'text-reset', reason: 'It did not fit.' });
    expect(reply.arrived.text).toBe(begun.text);
    reply.fail(new BackendError('unreachable', 'gone'));
    expect(reply.toMessage()).toMatchObject({ state: 'incomplete', text: begun.text });
  });
});
