/** An answer whose connection broke, or whose page was loaded again: what is shown of it, and which figures are kept. */
import { expect, test } from 'vitest';
import type { StreamEnd } from '../../../src/core/chat-event';
import { Reply } from '../../../src/state/reply.svelte';
import { answer } from '../storage/rows';

const loaded = { modelId: 'm', runsOn: 'server' } as const;
const end: StreamEnd = {
  type: 'stream-end',
  reason: 'stop',
  usage: { promptTokens: 10, completionTokens: 21 },
};

test('a broken connection is told while it lasts; the figures claim no speed over it', () => {
  let now = 0;
  const reply = new Reply(answer, () => now);
  reply.requested(loaded);
  reply.apply({ type: 'stream-start', modelId: 'm', effects: [] });
  now = 500;
  reply.apply({ type: 'text-delta', text: 'Hello' });
  expect(reply.connection).toBeUndefined();
  now = 1000;
  reply.connectionChanged(false);
  expect(reply.connection).toBe('lost');
  now = 4000;
  reply.connectionChanged(true);
  expect(reply.connection).toBe('back');
  now = 5000;
  reply.apply(end);
  expect(reply.connection).toBeUndefined();
  const { measurement } = reply.toMessage();
  expect(measurement).toMatchObject({ firstTokenMs: 500, totalMs: 5000, gapMs: 3000, completionTokens: 21 });
  expect(measurement?.tokensPerSecond).toBeUndefined();
  expect(measurement?.prefillTokensPerSecond).toBe(20);
});

test('a page that is loaded again gets back to the answer, and keeps its times', () => {
  const before = Date.now();
  const held = {
    text: 'Hello, wor',
    reasoning: '',
    times: { requestedAt: before - 9000, notedAt: before - 5000, gapMs: 0, firstTokenMs: 700 },
  };
  const reply = new Reply(answer, () => performance.now(), held);
  expect(reply.connection).toBe('lost');
  expect(reply.text).toBe('Hello, wor');
  reply.requested(loaded);
  reply.apply({ type: 'stream-start', modelId: 'm', effects: [] });
  expect(reply.connection).toBe('back');
  reply.apply({ type: 'text-delta', text: 'Hello, world.' });
  reply.apply(end);
  const { text, notice, measurement } = reply.toMessage();
  expect(text).toBe('Hello, world.');
  expect(notice).toContain('speed is not known');
  expect(measurement?.firstTokenMs).toBe(700);
  expect(measurement?.totalMs).toBeGreaterThanOrEqual(9000);
  expect(measurement?.gapMs).toBeGreaterThanOrEqual(5000);
  expect(measurement?.tokensPerSecond).toBeUndefined();
});

test('where no times were noted, none are shown', () => {
  const reply = new Reply(answer, () => performance.now(), { text: 'Hello', reasoning: '' });
  reply.requested(loaded);
  reply.apply({ type: 'stream-start', modelId: 'm', effects: [] });
  reply.apply(end);
  expect(reply.toMessage()).toMatchObject({ measurement: undefined });
  expect(reply.toMessage().notice).toContain('times are not known');
});
