import type { Clock, Ids } from '@dengta/kernel'
import type { Ledger } from '@dengta/ledger'
import type { Store } from '@dengta/store'
import type { DayService } from '../day/day-service.ts'
import type { EnginePart } from '../engine/engine-part.ts'
import type { PowerStore } from '../engine/power-store.ts'
import type { OpenedPlans } from '../site-board/opened-plans.ts'
import type { GridEventStore } from './grid-event-store.ts'

/** What announcing and settling events need. */
export interface GridEventServiceParts {
  readonly store: Store
  readonly ledger: Ledger
  readonly clock: Clock
  readonly ids: Ids
  readonly opened: OpenedPlans
  readonly events: GridEventStore
  readonly days: DayService
  /** Power of the jobs that this house runs, by minute. */
  readonly power: PowerStore
  readonly compliance: EnginePart['compliance']
}
