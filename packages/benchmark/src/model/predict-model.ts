import { fromUtf8 } from '@dengta/kernel'
import type { BenchmarkDefinition } from '../benchmark/benchmark.ts'
import type { Matrix } from '../data-set/table.ts'
import type { ModelTask } from './model-task.ts'
import { predictLinear } from './predict-linear.ts'
import { predictTrees } from './predict-trees.ts'
import { parsePredictions } from './predictions-form.ts'

export type ModelForm = BenchmarkDefinition['forms'][number]

/** A file that somebody handed in, and what is asked of it. */
export interface HandedIn {
  readonly form: ModelForm
  readonly bytes: Uint8Array
  readonly asked: ModelTask
}

/** One prediction per row by our own interpreters: all forms but `onnx`. Expects a file that `checkModel` has passed. */
export function predictModel({ form, bytes, asked }: HandedIn, inputs: Matrix): Float64Array {
  if (form === 'predictions') return parsePredictions(bytes, asked, inputs.rows)
  const model = JSON.parse(fromUtf8(bytes))
  return form === 'linear' ? predictLinear(model, inputs, asked.classes) : predictTrees(model, inputs, asked.classes)
}
