import type { Transaction } from 'kysely'
import type { ComputeTables } from '../tables.ts'
import type { Day } from './day.ts'

export interface DayStore {
  /** Adds the day; where the same snapshot is known for the same start, nothing is added and that day comes back. */
  add(tx: Transaction<ComputeTables>, day: Day): Promise<Day>
  find(id: string): Promise<Day | undefined>
  /** Newest first. */
  list(): Promise<readonly Day[]>
}
