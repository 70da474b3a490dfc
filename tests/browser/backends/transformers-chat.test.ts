import { afterAll, expect, test } from 'vitest';
import type { ChatEvent } from '../../../src/core/chat-event';
import { ask, longPrompt, user } from './tiny-model';
import { onnxBackend, tinyOnnx } from './tiny-onnx';
import { shortfalls } from '../../support/shortfalls';

// One load for all tests of this file: each of them leaves the model ready for the next.
const model = tinyOnnx();
const backend = onnxBackend(model);

afterAll(() => backend.dispose());

test('answers with start, deltas and one end that carries the engine’s own figures', async () => {
  const { events, text, last } = await ask(backend, model.id, 'count to ten', { temperature: 0 });
  expect(text).toBe('1 2 3 4 5 6 7 8 9 10');
  expect(events[0]).toMatchObject({ type: 'stream-start', modelId: model.id });
  expect(shortfalls(events[0])).toEqual([]);
  expect(events.slice(1, -1).every(({ type }) => type === 'text-delta')).toBe(true);
  expect(last).toMatchObject({ reason: 'stop', usage: { promptTokens: 12, completionTokens: 11 } });
  expect(last).toHaveProperty('timings.prefillMs', expect.any(Number));
  expect(last).toHaveProperty('timings.decodeMs', expect.any(Number));
});

test('keeps keys and values: the next turn reads only what is new', async () => {
  const first = [user('remember blue')];
  const answer = await ask(backend, model.id, first, { temperature: 0 });
  expect(answer.text).toBe('OK.');
  const history = [...first, { role: 'assistant', text: 'OK.' } as const, user('which color')];
  const { text, last } = await ask(backend, model.id, history, { temperature: 0 });
  expect(text).toBe('blue');
  expect(last).toHaveProperty(
    'usage.cachedTokens',
    expect.toSatisfy((tokens: number) => tokens >= 10),
  );
});

test('keeps what a changed conversation has in common with the last one', async () => {
  const color = (name: string) => [
    user(`remember ${name}`),
    { role: 'assistant', text: 'OK.' } as const,
    user('which color'),
  ];
  expect((await ask(backend, model.id, color('green'), { temperature: 0 })).text).toBe('green');
  const { text, last } = await ask(backend, model.id, color('red'), { temperature: 0 });
  expect(text).toBe('red');
  expect(last).toHaveProperty(
    'usage.cachedTokens',
    expect.toSatisfy((tokens: number) => tokens > 0),
  );
});

test('joins characters that are split over tokens', async () => {
  expect((await ask(backend, model.id, 'unicode', { temperature: 0 })).text).toBe('héllo 👋 世界');
});

test('reads the system message', async () => {
  const french = [{ role: 'system', text: 'Speak French.' } as const, user('hello')];
  expect((await ask(backend, model.id, french, { temperature: 0 })).text).toBe('Bonjour !');
});

test('a stop while it writes takes effect within a few tokens, and the next answer comes', async () => {
  const turn = '<|im_start|>user\ncount to one hundred<|im_end|>\n<|im_start|>assistant\n';
  const controller = new AbortController();
  const onEvent = (event: ChatEvent) => event.type === 'text-delta' && controller.abort();
  const options = { signal: controller.signal, onEvent };
  const stopped = await ask(backend, model.id, 'count to one hundred', { temperature: 0 }, options);
  expect(stopped.last).toEqual({ type: 'stream-end', reason: 'aborted' });
  // How far the worker really went shows in what it kept of the same text: 12 tokens of prompt, then the answer's.
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1).join(' ');
  const { last } = await ask(backend, model.id, turn + hundred, { maxTokens: 1 }, { plain: true });
  expect(last).toHaveProperty(
    'usage.cachedTokens',
    expect.toSatisfy((tokens: number) => tokens >= 12 && tokens < 12 + 40),
  );
  expect((await ask(backend, model.id, 'ping')).text).toBe('pong');
});

test('six requests at once are answered one after the other; one that is stopped while waiting leaves', async () => {
  const order: number[] = [];
  const leaver = new AbortController();
  const answers = [0, 1, 2, 3, 4, 5].map(async (index) => {
    const options = index === 3 ? { signal: leaver.signal } : {};
    const answer = await ask(backend, model.id, 'ping', { temperature: 0 }, options);
    order.push(index);
    return answer;
  });
  leaver.abort();
  const ends = await Promise.all(answers);
  expect(ends.map(({ text }) => text)).toEqual(['pong', 'pong', 'pong', '', 'pong', 'pong']);
  expect(order).toEqual([3, 0, 1, 2, 4, 5]);
});

test('a prompt over the context window says by how much, and the model goes on', async () => {
  const { last } = await ask(backend, model.id, longPrompt);
  expect(last).toMatchObject({ type: 'stream-error', error: { code: 'context-overflow' } });
  expect(last).toHaveProperty('error.message', expect.stringMatching(/3008 tokens.* 1024/));
  expect((await ask(backend, model.id, 'ping')).text).toBe('pong');
});

test('an image is refused, not dropped', async () => {
  const images = [{ mediaType: 'image/png', base64: 'AA==' }];
  const { last } = await ask(backend, model.id, [{ role: 'user', text: 'ping', images }]);
  expect(last).toMatchObject({ type: 'stream-error', error: { code: 'bad-request' } });
});

test('a plain prompt is continued as it stands', async () => {
  const turn = '<|im_start|>user\nping<|im_end|>\n<|im_start|>assistant\n';
  const { text, last } = await ask(backend, model.id, turn, { temperature: 0 }, { plain: true });
  expect(text).toBe('pong');
  expect(last).toMatchObject({ reason: 'stop', usage: { completionTokens: 2 } });
});

test('an answer that fills the context window ends with "length"', async () => {
  const params = { temperature: 0, contextLength: 40 };
  const { last } = await ask(backend, model.id, 'count to one hundred', params);
  expect(last).toMatchObject({ type: 'stream-end', reason: 'length', usage: { completionTokens: 28 } });
});
