/** Round numbers along an axis. */

/**
 * From 0 to the first that is not below `most`; steps of 1, 2 or 5 times a power of ten.
 * @param most above 0
 * @param count how many steps there are to be, about
 */
export function axisTicks(most: number, count: number): number[] {
  const rough = most / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power;
  const steps = Math.max(1, Math.ceil(most / step - 1e-9));
  // Products of a power below 1 have a tail of digits.
  return Array.from({ length: steps + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}
