import { checkOnnx } from './onnx-check.ts'
import { parseLinearModel } from './parse-linear.ts'
import { parseTreeModel } from './parse-trees.ts'
import type { HandedIn } from './predict-model.ts'
import { parsePredictions } from './predictions-form.ts'

export interface CheckLimits {
  /** Hidden rows, which is how many predictions are needed. */
  readonly rows: number
  readonly weightBytes: number
}

/** Checks a file without running anything of it; throws `model.*`. */
export function checkModel({ form, bytes, asked }: HandedIn, { rows, weightBytes }: CheckLimits): void {
  if (form === 'linear') parseLinearModel(bytes, asked)
  else if (form === 'trees') parseTreeModel(bytes, asked)
  else if (form === 'onnx') checkOnnx(bytes, asked, weightBytes)
  else parsePredictions(bytes, asked, rows)
}
