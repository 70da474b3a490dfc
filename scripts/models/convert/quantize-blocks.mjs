/** Floats → unsigned integers of 4 or 8 bits around a fixed middle, with one scale per block. */

/**
 * The value that is farthest from zero gets the lowest integer, which reaches one step farther than the highest.
 * @param {Float32Array} values a whole number of blocks
 * @param {number} blockSize values
 * @param {4 | 8} bits
 * @returns {{ integers: Uint8Array, scales: Float32Array }} two integers of 4 bits to a byte, the lower half first
 */
export function quantizeBlocks(values, blockSize, bits) {
  const middle = 2 ** (bits - 1);
  const scales = new Float32Array(values.length / blockSize);
  const integers = new Uint8Array((values.length * bits) / 8);
  for (let block = 0; block < scales.length; block += 1) {
    const begin = block * blockSize;
    let farthest = 0;
    for (let index = begin; index < begin + blockSize; index += 1) {
      const value = values[index] ?? 0;
      if (Math.abs(value) > Math.abs(farthest)) farthest = value;
    }
    const scale = farthest / -middle;
    scales[block] = scale;
    for (let index = begin; index < begin + blockSize; index += 1) {
      const steps = scale === 0 ? 0 : Math.round((values[index] ?? 0) / scale);
      const integer = Math.min(steps, middle - 1) + middle;
      if (bits === 8) integers[index] = integer;
      else integers[index >> 1] = (integers[index >> 1] ?? 0) | (integer << (index % 2 ? 4 : 0));
    }
  }
  return { integers, scales };
}
