import type { Matrix } from '../data-set/table.ts'
import type { Feature } from './feature-format.ts'
import { modelErrors } from './model-errors.ts'

/** Inputs below this count as this before the logarithm is taken, so that a reading of zero stays finite. */
export const SMALLEST_FOR_LOG = 1e-3

/** The names that a feature reads. */
export function namesOf(of: Feature): readonly string[] {
  if (typeof of === 'string') return [of]
  return 'minus' in of ? of.minus : [of.log10]
}

function featureLabel(of: Feature): string {
  if (typeof of === 'string') return of
  return 'minus' in of ? `${of.minus[0]} - ${of.minus[1]}` : `log10(${of.log10})`
}

/** The column of a name; throws `model.unknown_input` where the matrix lacks it. */
function columnOf(inputs: Matrix, wanted: string): number {
  const column = inputs.names.indexOf(wanted)
  if (column < 0) throw modelErrors.unknown_input({ input: wanted })
  return column
}

/** Computes every feature of every row. */
export function featureMatrix(features: readonly Feature[], inputs: Matrix): Matrix {
  const values = new Float64Array(inputs.rows * features.length)
  features.forEach((of, index) => {
    fillFeature(of, inputs, { values, stride: features.length, index })
  })
  return { rows: inputs.rows, names: features.map(featureLabel), values }
}

interface Target {
  readonly values: Float64Array
  readonly stride: number
  readonly index: number
}

function fillFeature(of: Feature, inputs: Matrix, to: Target): void {
  const [first, second] = namesOf(of).map((read) => columnOf(inputs, read)) as [number, number?]
  const width = inputs.names.length
  const logarithm = typeof of !== 'string' && 'log10' in of
  for (let row = 0; row < inputs.rows; row += 1) {
    const value = inputs.values[row * width + first]!
    const less = second === undefined ? 0 : inputs.values[row * width + second]!
    to.values[row * to.stride + to.index] = logarithm ? Math.log10(Math.max(value, SMALLEST_FOR_LOG)) : value - less
  }
}

/** The column that is added to each prediction, or zeros. */
export function offsetColumn(offset: string | undefined, inputs: Matrix): Float64Array {
  const out = new Float64Array(inputs.rows)
  if (offset === undefined) return out
  const column = columnOf(inputs, offset)
  for (let row = 0; row < inputs.rows; row += 1) out[row] = inputs.values[row * inputs.names.length + column]!
  return out
}
