import type { Job } from '@dengta/kernel'
import type { Transaction } from 'kysely'

/** Background work on the same database: a job enqueued in a transaction exists exactly if the transaction commits. */
export interface JobQueue {
  // biome-ignore lint/suspicious/noExplicitAny: any package's transaction will do
  enqueue(tx: Transaction<any>, queue: string, payload: object): Promise<void>
  /** Starts workers for the jobs; a job that was running at a crash runs again. */
  start(jobs: readonly Job[]): Promise<void>
  /** Resolves when no job waits or runs. */
  idle(): Promise<void>
  stop(): Promise<void>
}
