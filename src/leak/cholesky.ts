// Symmetric systems of a few equations by Cholesky's factor. Matrices are lower triangles, row after row: entry (row, column) is at
// row (row + 1) / 2 + column.

/** Puts the factor in place of the matrix; false when its rows are dependent to the eye of a double. */
export function factorise(matrix: number[], size: number): boolean {
  for (let row = 0, start = 0; row < size; start += ++row) {
    for (let column = 0, other = 0; column < row; other += ++column) {
      let sum = matrix[start + column] as number;
      for (let k = 0; k < column; k++) sum -= (matrix[start + k] as number) * (matrix[other + k] as number);
      matrix[start + column] = sum / (matrix[other + column] as number);
    }
    const scale = matrix[start + row] as number;
    let rest = scale;
    for (let k = 0; k < row; k++) rest -= (matrix[start + k] as number) ** 2;
    if (!(rest > 1e-9 * scale)) return false;
    matrix[start + row] = Math.sqrt(rest);
  }
  return true;
}

/** Puts the solution in place of the right-hand side. */
export function solve(factor: number[], size: number, right: number[]): void {
  for (let row = 0, start = 0; row < size; start += ++row) {
    let sum = right[row] as number;
    for (let k = 0; k < row; k++) sum -= (factor[start + k] as number) * (right[k] as number);
    right[row] = sum / (factor[start + row] as number);
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = right[row] as number;
    for (let below = row + 1; below < size; below++) {
      sum -= (factor[(below * (below + 1)) / 2 + row] as number) * (right[below] as number);
    }
    right[row] = sum / (factor[(row * (row + 1)) / 2 + row] as number);
  }
}
