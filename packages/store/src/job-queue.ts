import type { Job } from '@dengta/kernel'
import type { Transaction } from 'kysely'

/** A job that failed for good: three attempts, or too many crashes of the server while it ran. */
export interface ParkedJob {
  readonly id: string
  readonly queue: string
  readonly payload: unknown
  /** Code of the last failure, e.g. `sandbox.timeout`. */
  readonly error: string
}

/** Background work on the same database: a job enqueued in a transaction exists exactly if the transaction commits. */
export interface JobQueue {
  /** Only inside `store.transaction()`, with its `tx`; else throws `store.enqueue_needs_transaction`. */
  enqueue(tx: Transaction<any>, queue: string, payload: object): Promise<void>
  /** Starts workers for the jobs; a job that was running at a crash runs again. */
  start(jobs: readonly Job[]): Promise<void>
  /** Resolves when no job of a started queue waits, rests before a retry, or runs. */
  idle(): Promise<void>
  /** How many jobs of the started queues wait, rest before a retry, or run. */
  unfinished(): Promise<number>
  /** Failed jobs that nobody will try again, oldest first. */
  parked(): Promise<readonly ParkedJob[]>
  /** Takes no new jobs and waits a few seconds for running ones; what still runs then will run again after a start. */
  stop(): Promise<void>
}
