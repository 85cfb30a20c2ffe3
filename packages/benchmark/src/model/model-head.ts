import { z } from 'zod'
import { boundedList } from './bounded-list.ts'
import { classOrder } from './classes.ts'
import { feature } from './feature-format.ts'
import { namesOf } from './features.ts'
import { modelErrors } from './model-errors.ts'
import type { ModelTask } from './model-task.ts'

/** What both JSON formats begin with. */
export const modelHead = {
  inputs: boundedList(z.string().min(1).max(80), 1, 1024),
  features: boundedList(feature, 1, 1024),
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
