import { type LinearModel, linearModel } from './linear-format.ts'
import { modelErrors } from './model-errors.ts'
import { checkHead } from './model-head.ts'
import type { ModelTask } from './model-task.ts'
import { parseJson } from './parse-json.ts'
import { linearRows } from './predict-linear.ts'

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
