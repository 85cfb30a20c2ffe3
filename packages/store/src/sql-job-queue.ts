import { setTimeout as sleep } from 'node:timers/promises'
import type { Job } from '@dengta/kernel'
import type { Transaction } from 'kysely'
import type { JobQueue, ParkedJob } from './job-queue.ts'
import type { JobRows } from './job-rows.ts'
import { JobWorker, type JobWorkerOptions } from './job-worker.ts'
import type { TransactionScope } from './transaction-scope.ts'

const STOP_MS = 5000

export interface SqlJobQueueOptions extends Omit<JobWorkerOptions, 'settled'> {
  readonly scope: TransactionScope
}

/** The queue on a table of the same database; woken by commits, never by polling. */
export class SqlJobQueue implements JobQueue {
  readonly #options: SqlJobQueueOptions
  readonly #rows: JobRows
  readonly #wakeAll = () => {
    for (const worker of this.#workers) worker.wake()
  }
  #workers: readonly JobWorker[] = []
  #waiters: (() => void)[] = []

  constructor(options: SqlJobQueueOptions) {
    this.#options = options
    this.#rows = options.rows
  }

  async enqueue(tx: Transaction<unknown>, queue: string, payload: object): Promise<void> {
    this.#options.scope.afterCommit(this.#wakeAll)
    await this.#rows.insert(tx, queue, payload)
  }

  async start(jobs: readonly Job[]): Promise<void> {
    await this.#rows.recover()
    this.#workers = jobs.map((job) => new JobWorker(job, { ...this.#options, settled: () => this.#settled() }))
    for (const { queue, payload } of await this.parked())
      await this.#workers.find((worker) => worker.queue === queue)?.giveUp(payload)
    this.#wakeAll()
  }

  async idle(): Promise<void> {
    for (;;) {
      const settled = new Promise<void>((resolve) => this.#waiters.push(resolve))
      if ((await this.unfinished()) === 0) return
      await settled
    }
  }

  unfinished(): Promise<number> {
    return this.#rows.unfinished(this.#workers.map(({ queue }) => queue))
  }

  parked(): Promise<readonly ParkedJob[]> {
    return this.#rows.parked()
  }

  async stop(): Promise<void> {
    if (this.#workers.length === 0) return
    const ended = Promise.all(this.#workers.map((worker) => worker.stop())).then(() => true)
    const inTime = await Promise.race([ended, sleep(STOP_MS, false, { ref: false })])
    if (!inTime) await this.#rows.release()
    this.#workers = []
  }

  #settled(): void {
    for (const resolve of this.#waiters.splice(0)) resolve()
  }
}
