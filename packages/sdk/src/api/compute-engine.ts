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
  /** `absent`: only a restart of the house helps; `retrying`: it could not be opened and is tried again; `over`: a site is above its limit. */
  state: z.enum(['absent', 'retrying', 'starting', 'runs', 'over', 'failing']),
  engine: z.enum(['local', 'slurm', 'kubernetes', 'memory']).optional(),
  healthy: z.boolean(),
  why: text,
  /** Failure of the newest step; the next one is tried all the same. */
  failure: z.object({ code: z.string(), text }).optional(),
  /** When the engine last answered. */
  contactAt: z.string().optional(),
  /** The newest failure of a step, kept when later steps do well. */
  lastError: z.object({ at: z.string(), code: z.string(), text }).optional(),
  /** How often it was tried to open it, and when it is tried next. */
  retry: z.object({ attempts: z.number().int(), nextAt: z.string() }).optional(),
  stepAt: z.string().optional(),
  /** How long the newest step took, wall clock. */
  stepSeconds: z.number().optional(),
  jobs: z.object({ running: z.number().int(), waiting: z.number().int(), held: z.number().int() }),
  sites: z.array(engineSite),
  /** Jobs that the engine refused, newest first, at most twenty; another participant's job has an empty `job` and `name`. */
  refused: z.array(z.object({ job: z.string(), name: z.string(), at: z.string(), reason: text })),
})
export type EngineView = z.infer<typeof engineView>
