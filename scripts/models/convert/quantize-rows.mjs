/** Floats → signed 8-bit integers with one scale per row. */

/**
 * @param {Float32Array} values row by row
 * @param {number} rows
 * @returns {{ integers: Int8Array, scales: Float32Array }} value ≈ integer × scale of its row, integers within ±127
 */
export function quantizeRows(values, rows) {
  const columns = values.length / rows;
  const integers = new Int8Array(values.length);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const begin = row * columns;
    let largest = 0;
    for (let index = begin; index < begin + columns; index += 1) {
      largest = Math.max(largest, Math.abs(values[index] ?? 0));
    }
    const scale = largest / 127;
    scales[row] = scale;
    if (scale === 0) continue;
    for (let index = begin; index < begin + columns; index += 1) {
      integers[index] = Math.round((values[index] ?? 0) / scale);
    }
  }
  return { integers, scales };
}
