import { z } from 'zod'

/** An order as it is kept on disk, or by an engine beside its job. */
export const orderSchema = z.object({
  ...{ job: z.string(), participant: z.string(), site: z.string(), chip: z.string(), chips: z.number() },
  ...{ wattsPerChip: z.number(), kw: z.number(), minutes: z.number(), mayPause: z.boolean() },
  checkpoint: z.object({ everyMinutes: z.number(), costSeconds: z.number() }).optional(),
  nodes: z.array(z.string()).optional(),
  command: z.array(z.string()),
})
