/** Llama's rotary positions: the tables of angles, and the order of the rows that llama.cpp changes for them. */

/**
 * Cosines and sines of position × frequency, as the operator GroupQueryAttention wants them.
 * @param {Pick<import('./llama-shape.mjs').LlamaShape, 'contextLength' | 'headSize' | 'ropeBase'>} shape
 * @param {Float32Array} [factors] divide the frequencies: Llama 3's way to a long context (`rope_freqs.weight`)
 * @returns {{ cosines: Float32Array, sines: Float32Array }} positions × half the head size
 */
export function ropeTables({ contextLength, headSize, ropeBase }, factors) {
  const half = headSize / 2;
  const cosines = new Float32Array(contextLength * half);
  const sines = new Float32Array(contextLength * half);
  for (let index = 0; index < cosines.length; index += 1) {
    const pair = index % half;
    const frequency = ropeBase ** (-pair / half) / (factors?.[pair] ?? 1);
    const angle = Math.floor(index / half) * frequency;
    cosines[index] = Math.cos(angle);
    sines[index] = Math.sin(angle);
  }
  return { cosines, sines };
}

/**
 * llama.cpp rotates neighbours, Llama and ONNX the two halves of a head. Its converter moves the rows of the
 * query and key matrices accordingly; this moves them back.
 * @param {Float32Array} rows a matrix, row by row
 * @param {number} heads
 * @param {number} headSize rows per head
 * @returns {Float32Array}
 */
export function halvesFromNeighbours(rows, heads, headSize) {
  const columns = rows.length / (heads * headSize);
  const half = headSize / 2;
  const moved = new Float32Array(rows.length);
  for (let row = 0; row < heads * headSize; row += 1) {
    const inHead = row % headSize;
    const from = row - inHead + 2 * (inHead % half) + Math.floor(inHead / half);
    moved.set(rows.subarray(from * columns, (from + 1) * columns), row * columns);
  }
  return moved;
}
