/** A share of a count with its interval: how often the left answer won, how often two judges agreed. */

export interface Share {
  readonly part: number;
  readonly whole: number;
  /** 0–1; absent for a whole of nothing. */
  readonly value?: number;
  /** 95 % interval after Wilson (1927), which holds for few votes and extreme shares too. */
  readonly low?: number;
  readonly high?: number;
}

/** Of the standard normal distribution, for 95 %. */
const quantile = 1.959964;

export function shareOf(part: number, whole: number): Share {
  if (whole === 0) return { part, whole };
  const value = part / whole;
  const squared = quantile ** 2;
  const centre = (value + squared / (2 * whole)) / (1 + squared / whole);
  const half =
    (quantile / (1 + squared / whole)) *
    Math.sqrt((value * (1 - value)) / whole + squared / (4 * whole ** 2));
  return { part, whole, value, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
