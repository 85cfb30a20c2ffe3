import type { BenchmarkDefinition } from '../benchmark/benchmark.ts'
import type { Matrix } from '../data-set/table.ts'
import { parseLinearModel, predictLinear } from './linear-model.ts'
import type { ModelTask } from './model-head.ts'
import { checkOnnx } from './onnx-check.ts'
import { parsePredictions } from './predictions-form.ts'
import { parseTreeModel, predictTrees } from './tree-model.ts'

export type ModelForm = BenchmarkDefinition['forms'][number]

/** A file that somebody handed in, and what is asked of it. */
export interface HandedIn {
  readonly form: ModelForm
  readonly bytes: Uint8Array
  readonly asked: ModelTask
}

/** Checks a file without running anything of it; throws `model.*`. `rows` is the number of hidden rows. */
export function checkModel({ form, bytes, asked }: HandedIn, rows: number, weightLimit: number): void {
  if (form === 'linear') parseLinearModel(bytes, asked)
  else if (form === 'trees') parseTreeModel(bytes, asked)
  else if (form === 'onnx') checkOnnx(bytes, asked, weightLimit)
  else parsePredictions(bytes, asked, rows)
}

/** One prediction per row by our own interpreters: all forms but `onnx`. */
export function predictModel({ form, bytes, asked }: HandedIn, inputs: Matrix): Float64Array {
  if (form === 'linear') return predictLinear(parseLinearModel(bytes, asked), inputs, asked.classes)
  if (form === 'trees') return predictTrees(parseTreeModel(bytes, asked), inputs, asked.classes)
  if (form === 'predictions') return parsePredictions(bytes, asked, inputs.rows)
  throw new TypeError('an ONNX model is run by its engine')
}
