/**
 * Solves H x = b by Cholesky for a positive definite H of size n x n, of which the lower triangle is given, row by row.
 * H is overwritten.
 */
export function solveSymmetric(matrix: Float64Array, right: Float64Array): Float64Array {
  const size = right.length
  factor(matrix, size)
  const solution = Float64Array.from(right)
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < row; column += 1) solution[row]! -= matrix[row * size + column]! * solution[column]!
    solution[row]! /= matrix[row * size + row]!
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    for (let below = row + 1; below < size; below += 1) solution[row]! -= matrix[below * size + row]! * solution[below]!
    solution[row]! /= matrix[row * size + row]!
  }
  return solution
}

function factor(matrix: Float64Array, size: number): void {
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let sum = matrix[row * size + column]!
      for (let k = 0; k < column; k += 1) sum -= matrix[row * size + k]! * matrix[column * size + k]!
      matrix[row * size + column] =
        row === column ? Math.sqrt(Math.max(sum, 1e-12)) : sum / matrix[column * size + column]!
    }
  }
}
