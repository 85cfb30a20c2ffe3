import { type BenchmarkDefinition, modelInputs, targetOf } from '../benchmark/benchmark.ts'
import type { ModelTask } from '../model/model-task.ts'

/** What a definition asks of a model. */
export function modelTaskOf(definition: BenchmarkDefinition): ModelTask {
  const { task } = definition
  const classes = task === 'classification' ? (targetOf(definition).values ?? []) : []
  return { task, inputs: modelInputs(definition), classes }
}
