import { z } from 'zod'

const name = z.string().min(1).max(80)

/** An input as it is, the difference of two, or the logarithm of one. */
export const feature = z.union([
  name,
  z.strictObject({ minus: z.tuple([name, name]) }),
  z.strictObject({ log10: name }),
])
export type Feature = z.infer<typeof feature>
