import { z } from 'zod'
import { modelHead } from './model-head.ts'

const integers = z.array(z.int()).min(1)
const numbers = z.array(z.number()).min(1)

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

const head = { format: z.literal('dengta-trees/v1'), ...modelHead, trees: z.array(tree).max(20_000) }

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
    classes: z.array(z.string()).min(2).max(256),
    base: z.array(z.number()).min(2).max(256),
  }),
])
export type TreeModel = z.infer<typeof treeModel>
