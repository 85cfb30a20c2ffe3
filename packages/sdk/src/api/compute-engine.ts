import { z } from 'zod'
import { text } from './common.ts'

/** A site as the engine stands there now: power of running jobs at their ordered level against what they may draw. */
export const engineSite = z.object({
  site: z.string(),
  kw: z.number(),
  /** Envelope less reserve, less what the plan gives to jobs that this house does not run, lowered by events; kW. */
  limitKw: z.number(),
  running: z.number().int(),
  waiting: z.number().int(),
  /** Grid events that hold now. */
  events: z.array(z.string()),
})

/** What runs the jobs of public compute. `engine` is absent where nothing does; `why` then says what to do. */
export const engineView = z.object({
  engine: z.enum(['local', 'slurm', 'kubernetes', 'memory']).optional(),
  healthy: z.boolean(),
  why: text,
  /** Failure of the newest step; the next one is tried all the same. */
  failure: z.object({ code: z.string(), text }).optional(),
  stepAt: z.string().optional(),
  /** How long the newest step took, wall clock. */
  stepSeconds: z.number().optional(),
  jobs: z.object({ running: z.number().int(), waiting: z.number().int(), held: z.number().int() }),
  sites: z.array(engineSite),
})
export type EngineView = z.infer<typeof engineView>
