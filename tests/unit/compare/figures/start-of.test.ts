import { expect, test } from 'vitest';
import { startOf } from '../../../../src/compare/figures/start-of';
import { answer } from '../answer';

const measurement = { totalMs: 10, completionTokens: 1, isEstimated: false };

test('engines in the page say it; of servers, the load that they report tells; of the others nothing is known', () => {
  expect(startOf(answer({ measurement: { ...measurement, isCold: true }, runsOn: 'this-gpu' }))).toBe('cold');
  expect(startOf(answer({ measurement, runsOn: 'this-cpu' }))).toBe('warm');
  expect(startOf(answer({ measurement, runsOn: 'server', timings: { loadMs: 2100 } }))).toBe('cold');
  expect(startOf(answer({ measurement, runsOn: 'server', timings: { loadMs: 14 } }))).toBe('warm');
  expect(startOf(answer({ measurement, runsOn: 'server' }))).toBeUndefined();
  expect(startOf(answer({ state: 'streaming' }))).toBeUndefined();
});
