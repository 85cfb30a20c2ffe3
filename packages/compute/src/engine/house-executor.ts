import { type AppError, type Clock, toAppError } from '@dengta/kernel'
import type { EngineJob, Executor, Order, Usage } from '../executor/executor.ts'

export interface HouseHooks {
  readonly clock: Clock
  /** Called before an order goes out; false keeps it back. What it has written is durable. */
  readonly hand: (order: Order) => Promise<boolean>
  /** The engine did not take an order. */
  readonly refused: (job: string, error: AppError) => Promise<void>
  /** The engine answered what it runs. */
  readonly answered?: () => void
}

export interface HouseExecutor extends Executor {
  /** What the engine showed when it was last asked. */
  readonly lastSeen: () => readonly EngineJob[]
}

/** Accounting may come this much after the end of a job, milliseconds: usage is asked for again from so far back. */
const LATE_USAGE = 10 * 60_000

/** An order that the engine did not take is not handed out again for this long, milliseconds. */
const PAUSE = 10_000

/** Usage that no record takes would keep all that ended after it off the records; such a job is closed without one after a while. */
function canBeRecorded({ startedAt, endedAt, chipHours, joules }: Usage): boolean {
  const isAmount = (value: number): boolean => Number.isFinite(value) && value >= 0
  return [startedAt, endedAt - startedAt, chipHours, joules?.value ?? 0].every(isAmount)
}

/** An engine behind the books of the house: an order is on record before it goes out, and one bad order does not stop the others. */
export function houseExecutor(inner: Executor, hooks: HouseHooks): HouseExecutor {
  const { clock, hand, refused, answered } = hooks
  const pausedUntil = new Map<string, number>()
  let seen: readonly EngineJob[] = []
  return {
    id: inner.id,
    submit: async (order, held) => {
      const now = clock.now().getTime()
      for (const [job, until] of pausedUntil) if (until <= now) pausedUntil.delete(job)
      if (pausedUntil.has(order.job) || !(await hand(order))) return
      await inner.submit(order, held).catch(async (thrown: unknown) => {
        pausedUntil.set(order.job, now + PAUSE)
        await refused(order.job, toAppError(thrown))
      })
    },
    release: (job) => inner.release(job),
    hold: (job) => inner.hold(job),
    requeue: (jobs) => inner.requeue(jobs),
    cancel: (job) => inner.cancel(job),
    setLevels: (levels) => inner.setLevels(levels),
    resize: (changes) => inner.resize(changes),
    setPowerLimit: (site, kw) => inner.setPowerLimit(site, kw),
    jobs: async () => {
      seen = await inner.jobs()
      answered?.()
      return seen
    },
    usage: async (since) => (await inner.usage(Math.max(0, since - LATE_USAGE))).filter(canBeRecorded),
    close: () => inner.close(),
    lastSeen: () => seen,
  }
}
