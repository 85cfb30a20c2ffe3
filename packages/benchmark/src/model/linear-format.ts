import { z } from 'zod'
import { boundedList } from './bounded-list.ts'
import { modelHead } from './model-head.ts'

const row = boundedList(z.number(), 1, 1024)
const positive = boundedList(z.number().gt(0), 1, 1024)
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
    classes: boundedList(z.string(), 2, 256),
    coefficients: boundedList(row, 2, 256),
    intercept: row,
  }),
])
export type LinearModel = z.infer<typeof linearModel>
