import type { Transaction } from 'kysely'
import type { ComputeTables } from '../tables.ts'
import type { PlanChange, PlanRun, PlanState } from './plan-run.ts'

type Tx = Transaction<ComputeTables>

/** A day with many jobs of participants makes dozens of plans, and each comes with what it led to. */
export const MOST_LISTED = 500

export interface PlanRunStore {
  create(tx: Tx, run: PlanRun): Promise<void>
  /** Changes the run if it is in one of the states `from`; false where it is not: somebody was quicker. */
  change(tx: Tx, id: string, from: readonly PlanState[], change: PlanChange): Promise<boolean>
  find(id: string): Promise<PlanRun | undefined>
  /** Newest first, at most `MOST_LISTED`; all days, or one. */
  list(day?: string): Promise<readonly PlanRun[]>
  /** The newest of a day that is done: the plan in force. */
  newestDone(day: string): Promise<PlanRun | undefined>
}
