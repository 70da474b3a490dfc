/** Whole numbers that nobody foresees, each as likely as any other. */

const span = 2 ** 32;

/** @param limit 1–2³² @returns 0 ≤ number < limit */
export function randomBelow(limit: number): number {
  // What is left over at the upper end would favour small numbers.
  const fair = span - (span % limit);
  for (;;) {
    const value = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
    if (value < fair) return value % limit;
  }
}
