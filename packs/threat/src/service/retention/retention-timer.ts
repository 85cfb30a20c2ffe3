import { type SweepParts, sweep } from './retention-sweep.ts'

/** Milliseconds between two steps of a sweep: others have the database in between. */
const STEP_MS = 1000
/** Between the end of one sweep and the next. */
const REST_MS = 600_000

export interface RetentionTimer {
  /** Waits for a step under way. */
  stop(): Promise<void>
}

/** Sweeps for as long as the house runs; a step that fails is told, and the next sweep begins anew. */
export function startRetention(parts: SweepParts & { readonly warn: (line: string) => void }): RetentionTimer {
  let running = sweep(parts)
  let working: Promise<unknown> = Promise.resolve()
  let isStopped = false
  let timer = setTimeout(() => look(), REST_MS / 10).unref()
  const rest = (milliseconds: number) => {
    if (!isStopped) timer = setTimeout(() => look(), milliseconds).unref()
  }
  const startAnew = () => {
    running = sweep(parts)
    rest(REST_MS)
  }
  const look = () => {
    working = running.next().then(
      ({ done }) => (done ? startAnew() : rest(STEP_MS)),
      (error: Error) => {
        if (!isStopped) parts.warn(`retention failed: ${error.message}`)
        startAnew()
      },
    )
  }
  return {
    stop: async () => {
      isStopped = true
      clearTimeout(timer)
      await working
    },
  }
}
