import type { EngineJob } from '../executor/executor.ts'
import type { Resize } from './action.ts'

/** What the engine shows and what the controller has to remember of the past. */
export interface Seen {
  readonly now: number
  readonly jobs: readonly EngineJob[]
  /** Jobs that ended, which engines forget. */
  readonly ended: ReadonlySet<string>
  /** Job: the request of the grid under which it was last taken off its chips. */
  readonly cutUnder: ReadonlyMap<string, string>
  /** Jobs whose power the engine has said it cannot change. */
  readonly fixedPower: ReadonlySet<string>
  /** Jobs that the engine has said it cannot put on fewer chips. */
  readonly fixedGang: ReadonlySet<string>
  /** Job: the gang it was last put on, and under which request of the grid. */
  readonly resized: ReadonlyMap<string, Resize>
  /** Job: when the engine was first asked to cancel it, milliseconds since 1970; a job that is missing has not been. */
  readonly cancelAsked: ReadonlyMap<string, number>
  /** Guards as last set; a site that is missing gets its guard set again. */
  readonly guards: ReadonlyMap<string, number>
}
