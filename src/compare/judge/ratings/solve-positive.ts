/** Linear equations with a symmetric positive matrix, by Cholesky's method. */

/**
 * @param matrix row by row; only its lower half is read, and overwritten
 * @returns x with matrix · x = right
 */
export function solvePositive(matrix: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const solved = Float64Array.from(right);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = at(matrix, row * size + column);
      for (let before = 0; before < column; before++)
        rest -= at(matrix, row * size + before) * at(matrix, column * size + before);
      matrix[row * size + column] =
        row === column ? Math.sqrt(rest) : rest / at(matrix, column * size + column);
    }
  }
  for (let row = 0; row < size; row++) {
    let rest = at(solved, row);
    for (let before = 0; before < row; before++) rest -= at(matrix, row * size + before) * at(solved, before);
    solved[row] = rest / at(matrix, row * size + row);
  }
  for (let row = size - 1; row >= 0; row--) {
    let rest = at(solved, row);
    for (let after = row + 1; after < size; after++)
      rest -= at(matrix, after * size + row) * at(solved, after);
    solved[row] = rest / at(matrix, row * size + row);
  }
  return solved;
}

/** For places that are there by construction. */
function at(values: Float64Array, place: number): number {
  return values[place] ?? 0;
}
