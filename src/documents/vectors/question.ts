/** A question in the kernel's memory, ready to be compared with rows. */
import type { Scratch } from './row-store';

/** The largest whole number of a dimension: with it, sums over 8 192 dimensions fit 32 bits. */
const largest = 2047;

export interface Question {
  /** What a product of whole numbers is worth. */
  readonly scale: number;
  /** Of length 1, turned. */
  readonly vector: Float32Array;
}

/** Writes what exact products need. @param vector of length 1, turned */
export function writeQuestion(buffer: ArrayBuffer, scratch: Scratch, vector: Float32Array): Question {
  let most = 0;
  for (const value of vector) most = Math.max(most, Math.abs(value));
  const perUnit = most > 0 ? largest / most : 0;
  const whole = new Int16Array(buffer, scratch.question, vector.length);
  for (const [place, value] of vector.entries()) whole[place] = Math.round(value * perUnit);
  return { scale: most / largest, vector };
}
