/** Weights drawn at random, the same ones in each run, scaled so that a value keeps its size from layer to layer. */
import { Problem } from '../shared/problem.mjs';

/** MLC's quantization to four bits: weights that share a scale, and the deviation of one before it is scaled. */
const [groupSize, quantizedDeviation] = [32, 4.6];

let state = 42;

/** @param {import('./library-metadata.mjs').Parameter} parameter @throws {Problem} for a build for 16-bit floats */
export function randomValues({ name, shape, dtype }) {
  const length = shape.reduce((product, size) => product * size, 1);
  const inputs = shape.at(-1) ?? 1;
  if (dtype === 'uint32') return Uint32Array.from({ length }, random);
  if (dtype !== 'float32') throw new Problem(`${name} is ${dtype}. Take a library with f32 in its name.`);
  const values = new Float32Array(length);
  if (name.endsWith('q_scale')) return values.fill(1 / (quantizedDeviation * Math.sqrt(inputs * groupSize)));
  if (name.endsWith('bias')) return values;
  if (/norm|ln_/i.test(name)) return values.fill(1);
  return values.map(() => (random() / 2 ** 31 - 1) * Math.sqrt(3 / inputs));
}

/** A whole number of 32 bits: Marsaglia's xorshift ("Xorshift RNGs", 2003). */
function random() {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return state >>> 0;
}
