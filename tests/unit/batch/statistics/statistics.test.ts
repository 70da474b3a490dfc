/** Statistics against published tables and worked examples. */
import { describe, expect, it } from 'vitest';
import { planBatch } from '../../../../src/batch/plan/batch-plan';
import { meanEstimate, shareEstimate } from '../../../../src/batch/statistics/estimate';
import { spreadOf } from '../../../../src/batch/statistics/spread';
import { student95 } from '../../../../src/batch/statistics/student-quantile';
import { summarise } from '../../../../src/batch/statistics/summarise';
import { batchRun, cellResult } from '../batch-run';

// NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.2, column 0.975.
it.each([
  [1, 12.706],
  [2, 4.303],
  [3, 3.182],
  [4, 2.776],
  [5, 2.571],
  [9, 2.262],
  [10, 2.228],
  [29, 2.045],
  [30, 2.042],
  [60, 2.0],
  [100, 1.984],
])('Student’s t for %i degrees of freedom is %f', (degrees, expected) => {
  expect(student95(degrees)).toBeCloseTo(expected, 3);
});

it('goes over into the normal distribution without a step', () => {
  expect(student95(1001)).toBeCloseTo(student95(1000), 4);
  expect(student95(1_000_000)).toBeCloseTo(1.95996, 4);
});

describe('meanEstimate', () => {
  it('has the interval of the textbook', () => {
    // n 5, mean 3, standard deviation 1.5811, t 2.776: 3 ± 1.963.
    const { mean, low, high, n } = meanEstimate([1, 2, 3, 4, 5]) ?? {};
    expect([n, mean]).toEqual([5, 3]);
    expect(low).toBeCloseTo(1.0368, 3);
    expect(high).toBeCloseTo(4.9632, 3);
  });

  it('claims no interval of one value, and nothing of none', () => {
    expect(meanEstimate([4])).toEqual({ n: 1, mean: 4 });
    expect(meanEstimate([])).toBeUndefined();
  });
});

// Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3.
it.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('Wilson’s interval of %i of %i is %f to %f', (passed, n, low, high) => {
  const estimate = shareEstimate(passed, n);
  expect(estimate?.low).toBeCloseTo(low, 4);
  expect(estimate?.high).toBeCloseTo(high, 4);
});

it('draws quartiles between two values', () => {
  expect(spreadOf([4, 1, 3, 2])).toEqual({ least: 1, lower: 1.75, median: 2.5, upper: 3.25, most: 4 });
  expect(spreadOf([])).toBeUndefined();
});

describe('summarise', () => {
  const run = batchRun({ checks: [{ kind: 'json' }] });
  const plan = planBatch(run);
  const measured = (tokensPerSecond: number, isCold = false) => ({
    measurement: {
      totalMs: 10,
      tokensPerSecond,
      completionTokens: 5,
      isEstimated: false,
      ...(isCold && { isCold }),
    },
  });

  it('keeps first answers after a load out of the speed, and failures out of all figures', () => {
    const groups = summarise(run, plan, [
      cellResult(0, measured(100, true)),
      cellResult(2, measured(10)),
      cellResult(1, { state: 'failed' }),
    ]);
    expect(groups).toMatchObject([
      { lane: 0, total: 2, done: 2, failed: 0, cold: 1, metrics: { tokensPerSecond: { n: 1, mean: 10 } } },
      { lane: 1, total: 2, done: 0, failed: 1, metrics: {} },
    ]);
    expect(groups[0]?.metrics.completionTokens).toMatchObject({ n: 2, mean: 5 });
  });

  it('counts what a check could not tell apart from what did not pass', () => {
    const outcome = (name: 'passed' | 'failed' | 'error') => ({ checks: [{ outcome: name, note: '' }] });
    const results = [cellResult(0, outcome('passed')), cellResult(2, outcome('error'))];
    expect(summarise(run, plan, results)[0]?.checks).toMatchObject([
      { passed: { n: 1, mean: 1 }, errors: 1 },
    ]);
  });
});
