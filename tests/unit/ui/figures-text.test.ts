import { expect, test } from 'vitest';
import type { AnswerMessage, Measurement } from '../../../src/core/conversation';
import { figuresOf } from '../../../src/ui/chat/figures-text';

const message: AnswerMessage = {
  id: 'a',
  conversationId: 'c',
  parentId: 'q',
  position: 1,
  createdAt: 0,
  role: 'assistant',
  text: 'x',
  state: 'done',
  reasoning: '',
  backendId: 'b',
  backendLabel: 'B',
  modelId: 'm',
  modelLabel: 'M',
};
const measurement: Measurement = {
  firstTokenMs: 350,
  totalMs: 2350,
  tokensPerSecond: 12.34,
  completionTokens: 25,
  isEstimated: false,
};
const shown = (answer: AnswerMessage): string[] =>
  figuresOf(answer).map(({ value, label }) => `${value} ${label}`);

test('reported counts stand without a mark', () => {
  expect(shown({ ...message, measurement, usage: { promptTokens: 30 } })).toEqual([
    '350 ms first token',
    '12 tokens/s',
    '25 tokens',
    '30 prompt',
    '2.35 s total',
  ]);
});

test('estimates are marked wherever they show', () => {
  const figures = figuresOf({ ...message, measurement: { ...measurement, isEstimated: true } });
  expect(figures.filter(({ value }) => value.startsWith('≈')).map(({ label }) => label)).toEqual([
    'tokens/s',
    'tokens',
  ]);
});

test('an answer without a first token shows no speed', () => {
  const failed = { totalMs: 20, completionTokens: 0, isEstimated: true };
  expect(shown({ ...message, measurement: failed })).toEqual(['20 ms total']);
});

test('the speed of reading the prompt counts only tokens that were read', () => {
  const answer = { ...message, measurement: { ...measurement, prefillTokensPerSecond: 80 } };
  const usage = { promptTokens: 30, cachedTokens: 2 };
  const figure = figuresOf({ ...answer, usage }).find(({ label }) => label === 'prefill tokens/s');
  expect(figure).toMatchObject({ value: '80', explanation: expect.stringContaining('2 cached') as string });
});

test('the first answer after a load is called cold, and its load is split into phases', () => {
  const loadTimings = { filesMs: 1200, initializeMs: 800 };
  const figures = figuresOf({
    ...message,
    measurement: { ...measurement, isCold: true, loadMs: 2000, loadTimings },
  });
  expect(figures[0]).toMatchObject({ value: 'cold' });
  const load = figures.find(({ label }) => label === 'load');
  expect(load?.explanation).toMatch(/files took 1\.20 s.*weights 800 ms/);
});

test('an answer that was not streamed says why it has no speed', () => {
  const { firstTokenMs, totalMs, completionTokens, isEstimated } = measurement;
  const whole = { firstTokenMs, totalMs, completionTokens, isEstimated, arrivedWhole: true } as const;
  const [first] = figuresOf({ ...message, measurement: whole });
  expect(`${first?.value} ${first?.label}`).toBe('not streamed');
  expect(first?.explanation).toMatch(/first token came with the last one/);
});

test.for<[string, { prefillMs: number; decodeMs: number }, string[]]>([
  ['agree', { prefillMs: 340, decodeMs: 1980 }, []],
  ['differ by less than 15 %', { prefillMs: 300, decodeMs: 1750 }, []],
  ['differ while decoding', { prefillMs: 340, decodeMs: 1500 }, ['tokens/s', 'total']],
  ['differ while waiting', { prefillMs: 10, decodeMs: 1900 }, ['total']],
])('clocks that %s', ([, timings, disputed]) => {
  const figures = figuresOf({ ...message, measurement, timings });
  expect(figures.filter(({ dispute }) => dispute).map(({ label }) => label)).toEqual(disputed);
});

test('a few milliseconds are no dispute: timers are coarse', () => {
  const quick = { ...measurement, firstTokenMs: 4, totalMs: 14 };
  const figures = figuresOf({ ...message, measurement: quick, timings: { prefillMs: 1, decodeMs: 3 } });
  expect(figures.some(({ dispute }) => dispute)).toBe(false);
});
