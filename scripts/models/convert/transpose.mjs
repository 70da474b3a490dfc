/** Rows become columns. */

/**
 * @template {Float32Array | Int8Array} Values
 * @param {Values} values row by row
 * @param {number} rows
 * @param {Values} out of the same length
 * @returns {Values} `out`
 */
export function transpose(values, rows, out) {
  const columns = values.length / rows;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      out[column * rows + row] = values[row * columns + column] ?? 0;
    }
  }
  return out;
}
