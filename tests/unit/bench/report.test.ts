/** The statistics behind every published figure, against values worked out by hand. */
import { describe, expect, it } from 'vitest';
import { ratioOf, report, summarize } from '../../../bench/shared/report.mjs';

describe('summarize', () => {
  it('interpolates between the nearest ranks', () => {
    expect(summarize([4, 1, 3, 2])).toEqual({ p50: 2.5, p95: expect.closeTo(3.85, 9) as number, n: 4 });
  });

  it('refuses to make a figure out of nothing', () => {
    expect(() => summarize([])).toThrow('no value');
  });
});

describe('ratioOf', () => {
  it('compares value by value of the same round', () => {
    expect(ratioOf([2, 6, 20], [1, 2, 10])).toEqual({ median: 2, min: 2, max: 3 });
  });

  it('refuses sides of different length', () => {
    expect(() => ratioOf([1], [1, 2])).toThrow('either side');
  });
});

it('adds the date and the processor to a result', () => {
  const result = report({ name: 'example', rounds: 1, rows: [], ratios: [] });
  expect(Object.keys(result)).toEqual(['name', 'date', 'cpu', 'rounds', 'rows', 'ratios']);
  expect(result.cpu).toMatch(/ × \d+$/);
  expect(new Date(result.date).getTime()).not.toBeNaN();
});
