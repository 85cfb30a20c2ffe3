import type { Text } from '@dengta/kernel'
import type { Transaction } from 'kysely'
import type { ComputeTables } from '../tables.ts'
import type { PublicJob, PublicJobChange } from './public-job.ts'

type Tx = Transaction<ComputeTables>
type Placement = NonNullable<PublicJob['placement']>

export interface PublicJobStore {
  create(tx: Tx, job: PublicJob): Promise<void>
  /** Changes the job if it is in one of the states `from`; false where it is not. */
  change(tx: Tx, id: string, from: readonly PublicJob['state'][], change: PublicJobChange): Promise<boolean>
  /** Notes that an engine is about to be given the job as it is placed; false for one that was moved since, is cancelled or has ended. */
  hand(tx: Tx, id: string, as: { readonly placement: Placement; readonly at: Date }): Promise<boolean>
  /** Changes an open job that no engine was given; false for any other. */
  changeUnhanded(tx: Tx, id: string, change: PublicJobChange): Promise<boolean>
  /** Notes that a job which an engine has is to be cancelled; false where it has ended. */
  askCancel(tx: Tx, id: string, change: { readonly reason: Text; readonly at: Date }): Promise<boolean>
  /** Writes the end of a job and what it used; false where its usage is written already. */
  finish(tx: Tx, id: string, change: PublicJobChange): Promise<boolean>
  find(id: string): Promise<PublicJob | undefined>
  /** Newest first; of one participant, or all. Lists of jobs that may have ended come without their commands, which may be long. */
  list(participant?: string): Promise<readonly PublicJob[]>
  /** The newest that an engine refused, at most so many. */
  refused(most: number): Promise<readonly PublicJob[]>
  /** Those that ended from `from` to before `to`, newest end first. */
  ended(from: Date, to: Date): Promise<readonly PublicJob[]>
  /** Waiting, placed and running ones, oldest first. */
  open(): Promise<readonly PublicJob[]>
}
