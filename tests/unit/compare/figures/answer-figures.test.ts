import { expect, test } from 'vitest';
import { answerFigures } from '../../../../src/compare/figures/answer-figures';
import { answer } from '../answer';

const measured = answer({
  measurement: {
    firstTokenMs: 200,
    totalMs: 2200,
    prefillTokensPerSecond: 300,
    tokensPerSecond: 50,
    completionTokens: 101,
    isEstimated: false,
  },
  usage: { promptTokens: 80, cachedTokens: 20, completionTokens: 101, reasoningTokens: 40 },
  timings: { loadMs: 15, prefillMs: 150, decodeMs: 1010 },
});

test('ours and the engine’s own by the same brackets', () => {
  expect(answerFigures(measured)).toEqual({
    firstToken: { value: 200, engine: 150 },
    // 60 of the 80 tokens were read in 150 ms.
    prefill: { value: 300, engine: 400 },
    decode: { value: 50, engine: 100 },
    tokensIn: { value: 80 },
    tokensCached: { value: 20 },
    tokensOut: { value: 101 },
    tokensReasoning: { value: 40 },
    total: { value: 2200, engine: 1175 },
  });
});

test('what nobody tells is absent, never 0', () => {
  const silent = answer({
    measurement: { totalMs: 40, completionTokens: 0, isEstimated: true },
  });
  expect(answerFigures(silent)).toEqual({ total: { value: 40 } });
  expect(answerFigures(answer({ state: 'streaming' }))).toEqual({});
});

test('what was guessed says so', () => {
  const guessed = answer({
    measurement: {
      firstTokenMs: 10,
      totalMs: 400,
      tokensPerSecond: 30,
      completionTokens: 12,
      isEstimated: true,
    },
  });
  expect(answerFigures(guessed)).toMatchObject({
    firstToken: { value: 10 },
    decode: { value: 30, isEstimated: true },
    tokensOut: { value: 12, isEstimated: true },
  });
  expect(answerFigures(guessed).firstToken?.isEstimated).toBeUndefined();
});

test('a cost needs a price and both counts; a free prompt needs no count of it', () => {
  const price = { input: 2, output: 10 };
  expect(answerFigures(measured).cost).toBeUndefined();
  // 80 × 2 + 101 × 10 millionths.
  expect(answerFigures(measured, { price }).cost?.value).toBeCloseTo(0.00117, 10);
  const uncounted = { ...measured, usage: undefined };
  expect(answerFigures(uncounted, { price }).cost).toBeUndefined();
  expect(answerFigures(uncounted, { price: { input: 0, output: 10 } }).cost?.value).toBeCloseTo(0.00101, 10);
});
