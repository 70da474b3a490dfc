/** An estimate in words: the mean, and below it the interval with the number of answers. */
import type { Estimate } from '../../batch/statistics/estimate';

export interface EstimateText {
  readonly mean: string;
  /** Absent for a single answer, which says nothing of the spread. */
  readonly interval?: string;
}

export function estimateText(
  estimate: Estimate | undefined,
  format: (value: number) => string,
): EstimateText | undefined {
  if (!estimate) return undefined;
  const { n, mean, low, high } = estimate;
  if (low === undefined || high === undefined) return { mean: format(mean) };
  return { mean: format(mean), interval: `${format(Math.max(0, low))} to ${format(high)}, n ${n}` };
}

export function shareText(passed: Estimate | undefined): EstimateText | undefined {
  return estimateText(passed, percent);
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
