/** Floats → integers of 4 bits, in blocks of 32 with a scale and an offset each. */

const blockSize = 32;
const steps = 15;
/** What the operator MatMulNBits takes away from each integer of 4 bits. */
const middle = 8;

/** Values between two steps go to the nearer one: value ≈ lowest + step × scale. @typedef {{ lowest: number, scale: number }} Grid */

/**
 * Each block takes the better of two grids: from its least value to its greatest, or around zero with the value
 * that is farthest from it at one end. Thus the 4-bit formats of GGUF, which have one or the other, lose nothing.
 * @param {Float32Array} values a whole number of blocks
 * @returns {{ integers: Uint8Array, scales: Float32Array, offsets: Float32Array }}
 *   value ≈ (integer − 8) × scale + offset; two integers to a byte, the lower half first
 */
export function quantizeNibbles(values) {
  const integers = new Uint8Array(values.length / 2);
  const scales = new Float32Array(values.length / blockSize);
  const offsets = new Float32Array(scales.length);
  for (let block = 0; block < scales.length; block += 1) {
    const inBlock = values.subarray(block * blockSize, (block + 1) * blockSize);
    const [full, centred] = gridsOf(inBlock);
    const { lowest, scale } = errorOf(inBlock, centred) <= errorOf(inBlock, full) ? centred : full;
    scales[block] = scale;
    offsets[block] = lowest + middle * scale;
    for (let index = 0; index < blockSize; index += 2) {
      const low = stepOf(inBlock[index] ?? 0, { lowest, scale });
      const high = stepOf(inBlock[index + 1] ?? 0, { lowest, scale });
      integers[(block * blockSize + index) / 2] = low | (high << 4);
    }
  }
  return { integers, scales, offsets };
}

/** @param {Float32Array} block @returns {[full: Grid, centred: Grid]} */
function gridsOf(block) {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const value of block) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  const farthest = -lowest > highest ? lowest : highest;
  const centredScale = farthest / -middle;
  return [
    { lowest, scale: (highest - lowest) / steps },
    { lowest: farthest, scale: centredScale },
  ];
}

/** @param {number} value @param {Grid} grid */
function stepOf(value, { lowest, scale }) {
  return scale === 0 ? 0 : Math.min(Math.max(Math.round((value - lowest) / scale), 0), steps);
}

/** @param {Float32Array} block @param {Grid} grid @returns {number} sum of squares */
function errorOf(block, grid) {
  let sum = 0;
  for (const value of block) sum += (grid.lowest + grid.scale * stepOf(value, grid) - value) ** 2;
  return sum;
}
