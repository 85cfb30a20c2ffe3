import { setTimeout as sleep } from 'node:timers/promises'
import type { EngineJob, Executor, PowerLimits } from '@dengta/compute'

/** A time that running jobs of a site drew more than its limit. */
export interface Violation {
  readonly site: string
  readonly seconds: number
}

const EVERY_MS = 400

/** Looks at the engine twice a second, beside the controller and without its help. */
export function watchLimits(executor: Executor, limits: (now: number) => PowerLimits) {
  const since = new Map<string, number>()
  const violations: Violation[] = []
  let newest: readonly EngineJob[] = []
  let most = 0
  let going = true

  /** A violation counts from the last look that saw none, to the answer of the first that sees none again. */
  function look(before: number, now: number): void {
    let total = 0
    for (const { name, limitKw } of limits(now).sites) {
      const running = newest.filter(({ site, state }) => site === name && state === 'running')
      const kw = running.reduce((sum, job) => sum + job.kw, 0)
      total += kw
      const began = since.get(name)
      if (kw > limitKw + 1e-6) since.set(name, began ?? before)
      else if (began !== undefined) {
        violations.push({ site: name, seconds: (now - began) / 1000 })
        since.delete(name)
      }
    }
    most = Math.max(most, total)
  }

  const watching = (async () => {
    let before = Date.now()
    while (going) {
      const asked = Date.now()
      newest = await executor.jobs().catch(() => newest)
      look(before, Date.now())
      before = asked
      await sleep(EVERY_MS)
    }
  })()

  return {
    newest: () => newest,
    most: () => most,
    async stop(): Promise<readonly Violation[]> {
      going = false
      await watching
      const now = Date.now()
      return [...violations, ...[...since].map(([site, began]) => ({ site, seconds: (now - began) / 1000 }))]
    },
  }
}
