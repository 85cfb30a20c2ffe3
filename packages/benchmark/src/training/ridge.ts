import type { Matrix } from '../data-set/table.ts'
import { solveCholesky } from './cholesky.ts'
import { type Standard, standardise, standardOf } from './standardise.ts'

export interface RidgeFit extends Standard {
  readonly coefficients: Float64Array
  readonly intercept: number
}

/** Least squares over standardised features with `penalty` times the squared coefficients; the intercept is free. */
export function fitRidge(features: Matrix, target: Float64Array, penalty: number): RidgeFit {
  const standard = standardOf(features)
  const values = standardise(features, standard)
  const intercept = target.reduce((sum, value) => sum + value, 0) / target.length
  const width = features.names.length
  const products = new Float64Array(width * width)
  const right = new Float64Array(width)
  for (let row = 0; row < features.rows; row += 1) {
    const line = values.subarray(row * width, (row + 1) * width)
    for (let i = 0; i < width; i += 1) {
      right[i]! += line[i]! * (target[row]! - intercept)
      for (let j = 0; j <= i; j += 1) products[i * width + j]! += line[i]! * line[j]!
    }
  }
  for (let i = 0; i < width; i += 1) products[i * width + i]! += penalty
  return { ...standard, coefficients: solveCholesky(products, right), intercept }
}
