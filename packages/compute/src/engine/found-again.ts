import type { Executor } from '../executor/executor.ts'
import type { Engine } from './engine.ts'

/** How the house reaches an engine that runs outside it. */
export interface Reached {
  readonly executor: Executor
  readonly keepFree: NonNullable<Engine['keepFree']>
}

/**
 * An engine that may be started anew while the house runs, e.g. a cluster that then lies in another namespace: where it does not say
 * what it runs, it is looked for again and asked once more. Where it is not found, `jobs` throws what `find` says.
 */
export function foundAgain(first: Reached, find: () => Promise<Reached>): Reached {
  let now = first
  const executor: Executor = {
    id: first.executor.id,
    submit: (order, held) => now.executor.submit(order, held),
    release: (job) => now.executor.release(job),
    hold: (job) => now.executor.hold(job),
    requeue: (jobs) => now.executor.requeue(jobs),
    cancel: (job) => now.executor.cancel(job),
    setLevels: (levels) => now.executor.setLevels(levels),
    resize: (changes) => now.executor.resize(changes),
    setPowerLimit: (site, kw) => now.executor.setPowerLimit(site, kw),
    jobs: () =>
      now.executor.jobs().catch(async () => {
        now = await find()
        return now.executor.jobs()
      }),
    usage: (since) => now.executor.usage(since),
    close: () => now.executor.close(),
  }
  return { executor, keepFree: (kept) => now.keepFree(kept) }
}
