import { z } from 'zod'
import { feature, namesOf } from './features.ts'
import { modelErrors } from './model-errors.ts'

/** What both JSON formats begin with. */
export const modelHead = {
  inputs: z.array(z.string().min(1).max(80)).min(1).max(1024),
  features: z.array(feature).min(1).max(1024),
}

/** What a benchmark asks of any model. `inputs` are the names it offers, in order. */
export interface ModelTask {
  readonly task: 'regression' | 'classification'
  readonly inputs: readonly string[]
  readonly classes: readonly string[]
}

interface Head {
  readonly task: string
  readonly inputs: readonly string[]
  readonly features: readonly z.infer<typeof feature>[]
  readonly offset?: string | undefined
  readonly classes?: readonly string[]
}

/** Throws unless task, inputs, features and classes fit the benchmark. */
export function checkHead(head: Head, asked: ModelTask): void {
  if (head.task !== asked.task) throw modelErrors.wrong_task({ found: head.task, expected: asked.task })
  for (const input of head.inputs) if (!asked.inputs.includes(input)) throw modelErrors.unknown_input({ input })
  const read = [...head.features.flatMap(namesOf), ...(head.offset === undefined ? [] : [head.offset])]
  for (const name of read) if (!head.inputs.includes(name)) throw modelErrors.unknown_feature({ name })
  if (head.classes) classOrder(head.classes, asked.classes)
}

/** For each class of the model its number in the benchmark; throws unless both list the same classes. */
export function classOrder(own: readonly string[], asked: readonly string[]): Int32Array {
  const same = own.length === asked.length && asked.every((label) => own.includes(label))
  if (!same) throw modelErrors.classes_differ({ expected: asked.join(', ') })
  return Int32Array.from(own, (label) => asked.indexOf(label))
}

/** The class with the highest score in each row; the first of equals. `scores[row * classes + class]`. */
export function highestClass(scores: Float64Array, order: Int32Array): Float64Array {
  const classes = order.length
  const out = new Float64Array(scores.length / classes)
  for (let row = 0; row < out.length; row += 1) {
    let best = 0
    for (let k = 1; k < classes; k += 1) if (scores[row * classes + k]! > scores[row * classes + best]!) best = k
    out[row] = Number.isNaN(scores[row * classes + best]) ? Number.NaN : order[best]!
  }
  return out
}
