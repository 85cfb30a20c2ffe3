import type { Matrix } from '../data-set/table.ts'
import { classOrder, highestClass } from './classes.ts'
import { featureMatrix, offsetColumn } from './features.ts'
import type { LinearModel } from './linear-format.ts'

/** One row of coefficients and one intercept per output, whatever the task. */
export function linearRows(model: LinearModel): {
  readonly coefficients: readonly (readonly number[])[]
  readonly intercepts: readonly number[]
} {
  if (model.task === 'classification') return { coefficients: model.coefficients, intercepts: model.intercept }
  return { coefficients: [model.coefficients], intercepts: [model.intercept] }
}

/** One prediction per row; for classes the number of the class in `classes` of the benchmark. */
export function predictLinear(model: LinearModel, inputs: Matrix, classes: readonly string[]): Float64Array {
  const features = featureMatrix(model.features, inputs)
  const { coefficients, intercepts } = linearRows(model)
  if (model.task === 'classification') {
    const scores = linearScores({ features, model, coefficients, start: () => intercepts })
    return highestClass(scores, classOrder(model.classes, classes))
  }
  const offset = offsetColumn(model.offset, inputs)
  return linearScores({ features, model, coefficients, start: (at) => [intercepts[0]! + offset[at]!] })
}

interface Scoring {
  readonly features: Matrix
  readonly model: LinearModel
  readonly coefficients: readonly (readonly number[])[]
  readonly start: (row: number) => readonly number[]
}

function linearScores({ features, model, coefficients, start }: Scoring): Float64Array {
  const width = model.features.length
  const out = new Float64Array(features.rows * coefficients.length)
  const standard = new Float64Array(width)
  for (let at = 0; at < features.rows; at += 1) {
    for (let f = 0; f < width; f += 1)
      standard[f] = (features.values[at * width + f]! - model.centre[f]!) / model.scale[f]!
    const first = start(at)
    coefficients.forEach((line, output) => {
      let sum = first[output]!
      for (let f = 0; f < width; f += 1) sum += line[f]! * standard[f]!
      out[at * coefficients.length + output] = sum
    })
  }
  return out
}
