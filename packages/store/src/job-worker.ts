import { setTimeout as sleep } from 'node:timers/promises'
import { type Job, toAppError } from '@dengta/kernel'
import type { ClaimedJob, JobRows } from './job-rows.ts'

export interface JobWorkerOptions {
  readonly rows: JobRows
  /** Milliseconds of rest after the first failure, the second, and so on. */
  readonly restMs: readonly number[]
  readonly log: (line: string) => void
  /** Called after every job and whenever a loop has found nothing. */
  readonly settled: () => void
}

/** After a failure of the database itself, not of a job. */
const DATABASE_REST_MS = 5000

/** Runs the jobs of one queue, up to its concurrency. Nothing polls: `wake` is called when there may be work. */
export class JobWorker {
  readonly #job: Job
  readonly #options: JobWorkerOptions
  readonly #loops = new Set<Promise<void>>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #wakes = 0
  #stopped = false

  constructor(job: Job, options: JobWorkerOptions) {
    this.#job = job
    this.#options = options
  }

  get queue(): string {
    return this.#job.queue
  }

  wake(): void {
    this.#wakes += 1
    if (this.#stopped || this.#loops.size >= this.#job.concurrency) return
    const loop = this.#drain().finally(() => {
      this.#loops.delete(loop)
      this.#options.settled()
    })
    this.#loops.add(loop)
  }

  /** Resolves when no job of this queue runs any more. */
  async stop(): Promise<void> {
    this.#stopped = true
    for (const timer of this.#timers) clearTimeout(timer)
    await Promise.all(this.#loops)
  }

  /** A wake during a claim that finds nothing would be lost, so an empty claim counts only if nobody woke meanwhile. */
  async #drain(): Promise<void> {
    let seen = -1
    try {
      while (!this.#stopped && seen !== this.#wakes) {
        seen = this.#wakes
        const claimed = await this.#options.rows.claim(this.queue)
        if (!claimed) continue
        this.wake()
        await this.#run(claimed)
      }
    } catch (thrown) {
      this.#report('the queue could not be read', thrown)
      this.#later(DATABASE_REST_MS, async () => this.wake())
    }
  }

  async #run(claimed: ClaimedJob): Promise<void> {
    const { rows, settled } = this.#options
    try {
      await this.#job.work(claimed.payload)
    } catch (thrown) {
      this.#report(`job ${claimed.id} failed`, thrown)
      if (await this.#written(() => rows.failed(claimed, thrown))) this.#rest(claimed)
      else await this.giveUp(claimed.payload)
      return settled()
    }
    await this.#written(() => rows.done(claimed.id))
    settled()
  }

  /** Tells the owner of the queue that a job of it will not be tried again. */
  async giveUp(payload: unknown): Promise<void> {
    await this.#job
      .giveUp?.(payload)
      .catch((thrown: unknown) => this.#report('a parked job could not be given up', thrown))
  }

  /** How a job ended must not be forgotten because the database was away for a moment. */
  async #written<T>(write: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await write()
      } catch (thrown) {
        if (this.#stopped) throw thrown
        this.#report('the queue could not be written', thrown)
        await sleep(DATABASE_REST_MS)
      }
    }
  }

  #rest(claimed: ClaimedJob): void {
    const { rows, restMs } = this.#options
    this.#later(restMs[claimed.failures] ?? 0, async () => {
      await this.#written(() => rows.wait(claimed.id))
      this.wake()
    })
  }

  #later(milliseconds: number, act: () => Promise<void>): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      act().catch((thrown: unknown) => this.#report('stopped', thrown))
    }, milliseconds)
    this.#timers.add(timer)
  }

  #report(what: string, thrown: unknown): void {
    const error = toAppError(thrown)
    const cause = error.cause instanceof Error ? `: ${error.cause.message}` : ''
    this.#options.log(`jobs ${this.queue}: ${what}: ${error.code}: ${error.message}${cause}`)
  }
}
