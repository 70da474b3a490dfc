import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitPassages, longestPassage, passageTokens } from '../../../../src/documents/prompt/fit-passages';
import { passageBudget } from '../../../../src/documents/prompt/passage-budget';
import { passage } from './passage';

const words = (count: number): string => 'word '.repeat(count).trim();

describe('the budget of passages', () => {
  test('leaves room for the conversation and the answer', () => {
    const use = { window: 8192, sentTokens: 500, longestAnswer: undefined };
    const { tokens, isEstimated } = passageBudget(use);
    expect(isEstimated).toBe(false);
    expect(tokens).toBeLessThan(8192 - 500 - 1024);
    expect(tokens).toBeGreaterThan(5000);
    expect(passageBudget({ ...use, sentTokens: 1500 }).tokens).toBe(tokens - 1000);
  });

  test('an answer without end does not take all of the window', () => {
    expect(passageBudget({ window: 4096, sentTokens: 100, longestAnswer: 100_000 }).tokens).toBeGreaterThan(
      2000,
    );
  });

  test('a window that nobody told is taken for a small one, and said to be estimated', () => {
    const { tokens, isEstimated } = passageBudget({ window: undefined, sentTokens: 0, longestAnswer: 512 });
    expect(isEstimated).toBe(true);
    expect(tokens).toBeLessThan(4096);
  });

  test('a slow reader gets what it reads in a minute, and one passage at least', () => {
    const use = { window: 8192, sentTokens: 100, longestAnswer: undefined };
    expect(passageBudget({ ...use, readsPerSecond: 20 })).toEqual({
      tokens: 950,
      isEstimated: false,
      readsPerSecond: 20,
    });
    expect(passageBudget({ ...use, readsPerSecond: 1 }).tokens).toBeGreaterThan(254);
    expect(passageBudget({ ...use, readsPerSecond: 1000 })).toEqual(passageBudget(use));
  });

  test('a full window leaves nothing, and not less than nothing', () => {
    expect(passageBudget({ window: 2048, sentTokens: 5000, longestAnswer: undefined }).tokens).toBe(0);
  });
});

describe('passages in a budget', () => {
  test('never more than the budget, each either in or left out, in their order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 600 }), { maxLength: 8 }),
        fc.nat({ max: 2000 }),
        (lengths, tokens) => {
          const found = lengths.map((length, index) => passage(`${index} ${words(length)}`));
          const { passages, leftOut, isCut } = fitPassages(found, tokens);
          expect(passages.reduce((sum, one) => sum + passageTokens(one), 0)).toBeLessThanOrEqual(tokens);
          expect(passages.length + leftOut.length).toBe(found.length);
          // The best that was found is given before all others.
          if (passages.length > 0) expect(passages[0]?.text).toMatch(/^0/);
          if (isCut) expect(passages).toHaveLength(1);
          else expect(found.filter((one) => passages.includes(one))).toEqual(passages);
        },
      ),
    );
  });

  test.each([2048, 4096, 32_768])('several fit where joining stops in time, in a window of %s', (window) => {
    const { tokens } = passageBudget({ window, sentTokens: 100, longestAnswer: undefined });
    const longest = longestPassage(tokens, 6);
    const found = Array.from({ length: 6 }, () => passage('x'.repeat(4 * longest)));
    expect(fitPassages(found, tokens).passages.length).toBeGreaterThanOrEqual(4);
    expect(longestPassage(tokens, 1)).toBeGreaterThan(longest);
    expect(longestPassage(0, 6)).toBe(0);
  });

  test('where not even the best fits, its beginning is there and its offsets say so', () => {
    const text = words(2000);
    const { passages, isCut } = fitPassages([passage(text, { start: 10, end: 10 + text.length })], 300);
    expect(isCut).toBe(true);
    const [first] = passages;
    expect(text.startsWith(first?.text ?? '-')).toBe(true);
    expect(first?.end).toBe(10 + (first?.text.length ?? 0));
    expect(first?.text.endsWith('word')).toBe(true);
  });
});
