import { afterAll, expect, test } from 'vitest';
import type { ChatEvent } from '../../../src/core/chat-event';
import { ask, longPrompt, tinyBackend, tinyModel, user } from './tiny-model';
import { shortfalls } from '../../support/shortfalls';

// One load for all tests of this file: each of them leaves the model ready for the next.
const file = tinyModel();
const backend = tinyBackend(file);

afterAll(() => backend.dispose());

test('answers with start, deltas and one end that carries the engine’s own figures', async () => {
  const { events, text, last } = await ask(backend, file.id, 'count to ten', { temperature: 0 });
  expect(text).toBe('1 2 3 4 5 6 7 8 9 10');
  expect(events[0]).toMatchObject({ type: 'stream-start', modelId: file.id });
  expect(shortfalls(events[0])).toEqual([]);
  expect(events.slice(1, -1).every(({ type }) => type === 'text-delta')).toBe(true);
  expect(last).toMatchObject({ reason: 'stop', usage: { promptTokens: 12, completionTokens: 11 } });
  expect(last).toHaveProperty('timings.prefillMs', expect.any(Number));
  expect(last).toHaveProperty('timings.decodeMs', expect.any(Number));
});

test('counts the cached part of a prompt that was read before', async () => {
  await ask(backend, file.id, 'count to ten', { temperature: 0 });
  const { last } = await ask(backend, file.id, 'count to ten', { temperature: 0 });
  expect(last).toMatchObject({ usage: { promptTokens: 12, cachedTokens: 11 } });
});

test('joins characters that are split over tokens', async () => {
  expect((await ask(backend, file.id, 'unicode', { temperature: 0 })).text).toBe('héllo 👋 世界');
});

test('reads the system message and the history', async () => {
  const french = [{ role: 'system', text: 'Speak French.' } as const, user('hello')];
  expect((await ask(backend, file.id, french, { temperature: 0 })).text).toBe('Bonjour !');
  const history = [user('remember blue'), { role: 'assistant', text: 'OK.' } as const, user('which color')];
  expect((await ask(backend, file.id, history, { temperature: 0 })).text).toBe('blue');
});

test('a stop while it writes ends the answer, and the next one comes', async () => {
  const controller = new AbortController();
  const onEvent = (event: ChatEvent) => event.type === 'text-delta' && controller.abort();
  const stopped = await ask(
    backend,
    file.id,
    'count to one hundred',
    {},
    { signal: controller.signal, onEvent },
  );
  expect(stopped.last).toEqual({ type: 'stream-end', reason: 'aborted' });
  expect(stopped.text).not.toContain('100');
  expect((await ask(backend, file.id, 'ping')).text).toBe('pong');
});

test('a stop while it reads a long prompt ends the answer before the first token, and the next one comes', async () => {
  const controller = new AbortController();
  const prompt = 'count to ten '.repeat(190);
  const onEvent = (event: ChatEvent) => event.type === 'stream-start' && controller.abort();
  const stopped = await ask(backend, file.id, prompt, {}, { signal: controller.signal, onEvent });
  expect(stopped.last).toEqual({ type: 'stream-end', reason: 'aborted' });
  expect(stopped.text).toBe('');
  expect((await ask(backend, file.id, 'ping')).text).toBe('pong');
});

test('six requests at once are answered one after the other; one that is stopped while waiting leaves', async () => {
  const order: number[] = [];
  const leaver = new AbortController();
  const answers = [0, 1, 2, 3, 4, 5].map(async (index) => {
    const options = index === 3 ? { signal: leaver.signal } : {};
    const answer = await ask(backend, file.id, 'ping', { temperature: 0 }, options);
    order.push(index);
    return answer;
  });
  leaver.abort();
  const ends = await Promise.all(answers);
  expect(ends.map(({ text }) => text)).toEqual(['pong', 'pong', 'pong', '', 'pong', 'pong']);
  expect(ends[3]?.last).toEqual({ type: 'stream-end', reason: 'aborted' });
  expect(order).toEqual([3, 0, 1, 2, 4, 5]);
});

test('a prompt over the context window says by how much, and the model goes on', async () => {
  const { last } = await ask(backend, file.id, longPrompt);
  expect(last).toMatchObject({ type: 'stream-error', error: { code: 'context-overflow' } });
  expect(last).toHaveProperty('error.message', expect.stringMatching(/3008 tokens.* 1024/));
  expect((await ask(backend, file.id, 'ping')).text).toBe('pong');
});

test('an image is refused, not dropped', async () => {
  const images = [{ mediaType: 'image/png', base64: 'AA==' }];
  const { last } = await ask(backend, file.id, [{ role: 'user', text: 'ping', images }]);
  expect(last).toMatchObject({ type: 'stream-error', error: { code: 'bad-request' } });
});

test('a plain prompt is continued as it stands', async () => {
  const turn = '<|im_start|>user\nping<|im_end|>\n<|im_start|>assistant\n';
  const { text, last } = await ask(backend, file.id, turn, { temperature: 0 }, { plain: true });
  expect(text).toBe('pong');
  expect(last).toMatchObject({ reason: 'stop', usage: { completionTokens: 2 } });
});

test('a plain prompt, too, has token probabilities and keeps to a schema', async () => {
  const params = { temperature: 0, topLogprobs: 2, format: { enum: ['ping', 'pong'] } };
  const turn = '<|im_start|>user\nping<|im_end|>\n<|im_start|>assistant\n';
  const { text, events } = await ask(backend, file.id, turn, params, { plain: true });
  expect(text).toBe('"pong"');
  const tokens = events.flatMap((event) => (event.type === 'token-probabilities' ? event.tokens : []));
  expect(tokens.map((token) => token.text).join('')).toContain('pong');
  expect(tokens.every(({ alternatives }) => alternatives.length === 2)).toBe(true);
  expect(shortfalls(events[0])).toEqual([]);
});

test('another context length in a request loads the model anew; an answer that fills it ends with "length"', async () => {
  // The schema forbids an end before the window is full.
  const format = { type: 'string', minLength: 2000 };
  const params = { temperature: 0, contextLength: 200 };
  const { last } = await ask(backend, file.id, 'ping', { ...params, format });
  expect(last).toMatchObject({ type: 'stream-end', reason: 'length' });
  const over = await ask(backend, file.id, longPrompt, params);
  // llama.cpp rounds a context window up to 256 tokens.
  expect(over.last).toHaveProperty('error.message', expect.stringContaining('holds 256'));
});
