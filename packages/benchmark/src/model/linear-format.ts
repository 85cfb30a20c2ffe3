import { z } from 'zod'
import { modelHead } from './model-head.ts'

const row = z.array(z.number()).min(1).max(1024)
const positive = z.array(z.number().gt(0)).min(1).max(1024)
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
    classes: z.array(z.string()).min(2).max(256),
    coefficients: z.array(row).min(2).max(256),
    intercept: row,
  }),
])
export type LinearModel = z.infer<typeof linearModel>
