import type { Matrix } from '../data-set/table.ts'

/** Mean and standard deviation of each column (divisor n); a constant column gets scale 1. */
export interface Standard {
  readonly centre: Float64Array
  readonly scale: Float64Array
}

export function standardOf(matrix: Matrix): Standard {
  const width = matrix.names.length
  const centre = new Float64Array(width)
  const scale = new Float64Array(width)
  matrix.values.forEach((value, at) => {
    centre[at % width]! += value / matrix.rows
  })
  matrix.values.forEach((value, at) => {
    scale[at % width]! += (value - centre[at % width]!) ** 2 / matrix.rows
  })
  return { centre, scale: scale.map((variance) => (variance > 0 ? Math.sqrt(variance) : 1)) }
}

/** Each value less its column's centre, over its column's scale. */
export function standardise(matrix: Matrix, { centre, scale }: Standard): Float64Array {
  const width = matrix.names.length
  return matrix.values.map((value, at) => (value - centre[at % width]!) / scale[at % width]!)
}
