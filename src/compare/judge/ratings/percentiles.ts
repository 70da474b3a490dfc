/** The percentile interval of Efron: what is left of samples when the same share is cut off at both ends. */

/** Share of the samples that lie within the interval. */
export const confidence = 0.95;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export function percentiles(values: readonly number[]): Interval {
  const sorted = [...values].sort((a, b) => a - b);
  const cut = ((1 - confidence) / 2) * (sorted.length - 1);
  return { low: at(sorted, cut), high: at(sorted, sorted.length - 1 - cut) };
}

/** Between two ranks, linearly. */
function at(sorted: readonly number[], rank: number): number {
  const [below = 0, above = 0] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]];
  return below + (above - below) * (rank - Math.floor(rank));
}
