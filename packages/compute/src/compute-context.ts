import type { Clock, Ids } from '@dengta/kernel'
import type { Ledger } from '@dengta/ledger'
import type { Store } from '@dengta/store'
import type { EngineChoice } from './engine/engine.ts'

/** What this domain needs of the server. */
export interface ComputeContext {
  readonly store: Store
  readonly ledger: Ledger
  readonly clock: Clock
  readonly ids: Ids
  /** Whether the house knows a participant. */
  readonly isParticipant: (id: string) => Promise<boolean>
  /** Whether the house knows a scenario: a job may be for one. */
  readonly isScenario: (id: string) => Promise<boolean>
  /** What runs jobs; placed jobs are not started where it is absent. */
  readonly engine?: EngineChoice
}
