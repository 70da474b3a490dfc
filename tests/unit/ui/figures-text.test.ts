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
