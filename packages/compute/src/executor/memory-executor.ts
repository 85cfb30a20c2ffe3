import type { Clock } from '@dengta/kernel'
import type { Executor, GangChange, Order, Usage } from './executor.ts'
import { mayStart, type Pool } from './may-start.ts'
import { asSeen, endOf, later, type MemoryJob, newMemoryJob, requeued, resized, started } from './memory-job.ts'

export interface MemoryEngineOptions {
  readonly clock: Clock
  readonly pools: readonly Pool[]
  /** Minutes of work at speed 1 that a job holds; its longest run unless stated. */
  readonly workOf?: (order: Order) => number
  /** Share of full speed at a power level and on so many chips; 1 unless stated. */
  readonly speedOf?: (order: Order, wattsPerChip: number, chips: number) => number
  /** How long an ended job is still shown, as engines do; for ever unless stated. Its usage stays. */
  readonly forgetsAfterMs?: number
}

/**
 * An engine that only counts: jobs advance with the clock, start in the order they came where chips and the power guard
 * allow, and write checkpoints as ordered. For tests, rehearsals and simulations; no job is really run.
 */
export class MemoryExecutor implements Executor {
  readonly id = 'memory'
  readonly #options: Required<MemoryEngineOptions>
  readonly #jobs = new Map<string, MemoryJob>()
  readonly #guards = new Map<string, number>()
  /** Ended jobs whose name was submitted again. */
  readonly #past: MemoryJob[] = []
  #at: number

  constructor(options: MemoryEngineOptions) {
    const usual = {
      workOf: (order: Order) => order.minutes,
      speedOf: () => 1,
      forgetsAfterMs: Number.POSITIVE_INFINITY,
    }
    this.#options = { ...usual, ...options }
    this.#at = options.clock.now().getTime()
  }

  async submit(order: Order, held: boolean): Promise<void> {
    this.#advance()
    const before = this.#jobs.get(order.job)
    if (before && this.#shows(before)) return
    if (before) this.#past.push(before)
    const made = { id: this.#jobs.size + this.#past.length + 1, at: this.#at, work: this.#options.workOf(order) }
    this.#jobs.set(order.job, newMemoryJob(order, held, made))
    this.#startWhatMay()
  }

  release(job: string): Promise<void> {
    return this.#change([job], (found) => (found.state === 'held' ? { ...found, state: 'waiting' } : found))
  }

  hold(job: string): Promise<void> {
    return this.#change([job], (found) => (found.state === 'waiting' ? { ...found, state: 'held' } : found))
  }

  requeue(jobs: readonly string[]): Promise<void> {
    return this.#change(jobs, (found) => (found.state === 'running' ? requeued(found) : found))
  }

  cancel(job: string): Promise<void> {
    return this.#change([job], (found) =>
      found.endedAt === undefined ? { ...found, state: 'cancelled', endedAt: this.#at } : found,
    )
  }

  async setLevels(levels: Parameters<Executor['setLevels']>[0]): Promise<readonly string[]> {
    for (const { job, wattsPerChip, kw } of levels)
      await this.#change([job], (found) => (found.state === 'running' ? { ...found, watts: wattsPerChip, kw } : found))
    return []
  }

  async resize(changes: readonly GangChange[]): Promise<readonly string[]> {
    this.#advance()
    const refused = changes.filter((change) => !this.#resize(change)).map(({ job }) => job)
    this.#startWhatMay()
    return refused
  }

  async setPowerLimit(site: string, kw: number): Promise<void> {
    this.#advance()
    this.#guards.set(site, kw)
    this.#startWhatMay()
  }

  async jobs() {
    this.#advance()
    return [...this.#jobs.values()].filter((job) => this.#shows(job)).map(asSeen)
  }

  async usage(since: number): Promise<readonly Usage[]> {
    this.#advance()
    return [...this.#past, ...this.#jobs.values()]
      .filter(({ endedAt, firstStartedAt }) => firstStartedAt !== undefined && (endedAt ?? 0) >= Math.max(1, since))
      .map(usageOf)
      .sort((a, b) => a.endedAt - b.endedAt)
  }

  async close(): Promise<void> {}

  /** How often a job was taken off its chips: for tests and for reports of a rehearsal. */
  requeuesOf(job: string): number {
    return this.#jobs.get(job)?.requeues ?? 0
  }

  /** False for a running job whose further chips, or their power, are not free. */
  #resize(change: GangChange): boolean {
    const job = this.#jobs.get(change.job)
    if (!job || job.endedAt !== undefined || job.chips === change.chips) return true
    const next = resized(job, change, this.#at)
    const others = this.#running().filter((each) => each !== job)
    const fits = mayStart(asSeen(next), others.map(asSeen), { pools: this.#options.pools, guards: this.#guards })
    if (job.state === 'running' && next.chips > job.chips && !fits) return false
    this.#jobs.set(change.job, next)
    return true
  }

  #shows({ endedAt }: MemoryJob): boolean {
    return endedAt === undefined || this.#at - endedAt <= this.#options.forgetsAfterMs
  }

  async #change(jobs: readonly string[], change: (job: MemoryJob) => MemoryJob): Promise<void> {
    this.#advance()
    for (const name of jobs) {
      const found = this.#jobs.get(name)
      if (found) this.#jobs.set(name, change(found))
    }
    this.#startWhatMay()
  }

  /** Lives through everything between the last call and now: ends make room, room lets jobs start. */
  #advance(): void {
    const now = this.#options.clock.now().getTime()
    while (this.#at < now) {
      this.#startWhatMay()
      const next = this.#running().reduce((soonest, job) => Math.min(soonest, endOf(job, this.#speed(job))), now)
      this.#at = Math.max(this.#at, next)
      for (const job of this.#running()) this.#jobs.set(job.order.job, later(job, this.#at, this.#speed(job)))
    }
    this.#startWhatMay()
  }

  #startWhatMay(): void {
    const where = { pools: this.#options.pools, guards: this.#guards }
    const waiting = [...this.#jobs.values()].filter(({ state }) => state === 'waiting')
    const running = waiting.length === 0 ? [] : this.#running().map(asSeen)
    for (const job of waiting) {
      if (!mayStart(asSeen(job), running, where)) continue
      this.#jobs.set(job.order.job, started(job, this.#at))
      running.push(asSeen(job))
    }
  }

  #running(): MemoryJob[] {
    return [...this.#jobs.values()].filter(({ state }) => state === 'running')
  }

  #speed({ order, watts, chips }: MemoryJob): number {
    return this.#options.speedOf(order, watts, chips)
  }
}

function usageOf({ order, firstStartedAt, endedAt, chipMinutes, joules, state }: MemoryJob): Usage {
  return {
    job: order.job,
    startedAt: firstStartedAt!,
    endedAt: endedAt!,
    chips: order.chips,
    chipHours: chipMinutes / 60,
    exitCode: state === 'done' ? 0 : undefined,
    joules: { value: joules, method: 'estimate', source: 'ordered power x time on the chips' },
  }
}
