/** Random numbers that can be had again: one seed, one sequence. */

/** @returns 0 ≤ number < 1 */
export type Random = () => number;

/** mulberry32: 32 bits of state, good enough to draw tokens and samples, the same in every browser. @param seed 0–2³²−1 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A seed where none was asked for. */
export function anySeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}
