import type { Matrix } from '../data-set/table.ts'

/** Numbers in [0, 1) that any language can repeat: a linear congruential generator modulo 2^31. */
export function sampleNumbers(count: number, seed: number): Float64Array {
  let state = seed
  return Float64Array.from({ length: count }, () => {
    state = Number((BigInt(state) * 1103515245n + 12345n) % 2147483648n)
    return state / 2147483648
  })
}

export function sampleMatrix(rows: number, seed: number): Matrix {
  return { rows, names: ['a', 'b', 'c', 'd'], values: sampleNumbers(rows * 4, seed) }
}

/** One number for each row, from its four features. */
export function overRows(matrix: Matrix, of: (line: Float64Array, row: number) => number): Float64Array {
  return Float64Array.from({ length: matrix.rows }, (_, row) => of(matrix.values.subarray(row * 4, row * 4 + 4), row))
}

export function rowsBetween(matrix: Matrix, from: number, to: number): Matrix {
  return { ...matrix, rows: to - from, values: matrix.values.slice(from * 4, to * 4) }
}
