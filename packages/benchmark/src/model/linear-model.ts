import { z } from 'zod'
import type { Matrix } from '../data-set/table.ts'
import { featureMatrix, offsetColumn } from './features.ts'
import { modelErrors } from './model-errors.ts'
import { checkHead, classOrder, highestClass, type ModelTask, modelHead } from './model-head.ts'
import { parseJson } from './parse-json.ts'

const row = z.array(z.number()).min(1).max(1024)
const positive = z.array(z.number().gt(0)).min(1).max(1024)
const head = { format: z.literal('dengta-linear/v1'), ...modelHead, centre: row, scale: positive }

/** score = intercept + sum of coefficient * (feature - centre) / scale, plus the offset column in a regression. */
export const linearModel = z.discriminatedUnion('task', [
  z.strictObject({
    ...head,
    task: z.literal('regression'),
    offset: z.string().optional(),
    coefficients: row,
    intercept: z.number(),
  }),
  z.strictObject({
    ...head,
    task: z.literal('classification'),
    classes: z.array(z.string()).min(2).max(256),
    coefficients: z.array(row).min(2).max(256),
    intercept: row,
  }),
])
export type LinearModel = z.infer<typeof linearModel>

/** Reads and checks a model file; throws `model.*`. */
export function parseLinearModel(bytes: Uint8Array, asked: ModelTask): LinearModel {
  const model = parseJson(bytes, linearModel)
  checkHead(model, asked)
  const expected = model.features.length
  checkCount('centre', model.centre, expected)
  checkCount('scale', model.scale, expected)
  for (const line of linearRows(model).coefficients) checkCount('coefficients', line, expected)
  if (model.task === 'classification') {
    checkCount('coefficients', model.coefficients, model.classes.length)
    checkCount('intercept', model.intercept, model.classes.length)
  }
  return model
}

function checkCount(part: string, values: readonly unknown[], expected: number): void {
  if (values.length !== expected) throw modelErrors.coefficient_count({ part, found: values.length, expected })
}

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
