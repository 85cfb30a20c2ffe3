import type { Transaction } from 'kysely'
import type { ComputeTables } from '../tables.ts'
import type { PublicJob, PublicJobChange } from './public-job.ts'

type Tx = Transaction<ComputeTables>

export interface PublicJobStore {
  create(tx: Tx, job: PublicJob): Promise<void>
  /** Changes the job if it is in one of the states `from`; false where it is not. */
  change(tx: Tx, id: string, from: readonly PublicJob['state'][], change: PublicJobChange): Promise<boolean>
  find(id: string): Promise<PublicJob | undefined>
  /** Newest first; of one participant, or all. */
  list(participant?: string): Promise<readonly PublicJob[]>
  /** Waiting, placed and running ones, oldest first. */
  open(): Promise<readonly PublicJob[]>
}
