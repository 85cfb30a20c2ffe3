import { z } from 'zod'
import { boundedList, numberList } from './bounded-list.ts'
import { modelHead } from './model-head.ts'

const integers = numberList('int')
const numbers = numberList('number')

/** Nodes as parallel arrays, node 0 is the root; `feature` -1 marks a leaf. A row goes left where its value <= threshold. */
const tree = z.strictObject({
  output: z.int(),
  feature: integers,
  threshold: numbers,
  left: integers,
  right: integers,
  value: numbers,
})
export type Tree = z.infer<typeof tree>

const head = { format: z.literal('dengta-trees/v1'), ...modelHead, trees: boundedList(tree, 0, 20_000) }

/** score of an output = base + the leaf values of its trees, plus the offset column in a regression. */
export const treeModel = z.discriminatedUnion('task', [
  z.strictObject({
    ...head,
    task: z.literal('regression'),
    offset: z.string().optional(),
    base: z.tuple([z.number()]),
  }),
  z.strictObject({
    ...head,
    task: z.literal('classification'),
    classes: boundedList(z.string(), 2, 256),
    base: boundedList(z.number(), 2, 256),
  }),
])
export type TreeModel = z.infer<typeof treeModel>
