/** A mean or a share with the interval that holds the true one in 95 of 100 such runs. */
import { normal95, student95 } from './student-quantile';

export interface Estimate {
  readonly n: number;
  readonly mean: number;
  /** Both absent where one value says nothing of the spread. */
  readonly low?: number;
  readonly high?: number;
}

/** By Student's t. Undefined for no values. */
export function meanEstimate(values: readonly number[]): Estimate | undefined {
  const n = values.length;
  if (n === 0) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { n, mean };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const half = student95(n - 1) * Math.sqrt(variance / n);
  return { n, mean, low: mean - half, high: mean + half };
}

/**
 * By Wilson's score interval, which stays between 0 and 1 and has a width also where all or none passed
 * (E. B. Wilson, 1927). Undefined for no trials.
 */
export function shareEstimate(passed: number, n: number): Estimate | undefined {
  if (n === 0) return undefined;
  const share = passed / n;
  const z2 = normal95 ** 2;
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (normal95 / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n ** 2));
  return { n, mean: share, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
