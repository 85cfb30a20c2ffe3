import type { Transaction } from 'kysely'
import type { ComputeTables } from '../tables.ts'
import type { GridEventRow } from './grid-event.ts'

export interface GridEventStore {
  create(tx: Transaction<ComputeTables>, event: GridEventRow): Promise<void>
  /** Keeps the settlement of an event that has none yet; false where it has. */
  settle(
    tx: Transaction<ComputeTables>,
    id: string,
    settlement: NonNullable<GridEventRow['settlement']>,
  ): Promise<boolean>
  find(id: string): Promise<GridEventRow | undefined>
  /** Newest first. */
  list(): Promise<readonly GridEventRow[]>
  /** Those that end after a moment, newest first. */
  notOver(now: Date): Promise<readonly GridEventRow[]>
}
