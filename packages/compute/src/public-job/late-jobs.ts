import type { Clock } from '@dengta/kernel'
import type { Store } from '@dengta/store'
import type { ComputeTables } from '../tables.ts'
import { jobReasons as reasons } from './job-reasons.ts'
import type { PublicJob, PublicJobChange } from './public-job.ts'
import type { PublicJobStore } from './public-job-store.ts'

/** What becomes of a job that has found no place by its deadline; undefined for one that has a place, or time. Pure. */
export function endOfLate({ state, ask }: PublicJob, now: Date): PublicJobChange | undefined {
  if (state !== 'waiting' || new Date(ask.deadline) > now) return undefined
  return { state: 'failed', reason: reasons.foundNoPlace(), endedAt: now }
}

export interface LateJobsParts {
  readonly store: Store
  readonly clock: Clock
  readonly jobs: PublicJobStore
}

/** Closes such jobs, so that they hold no quota and stand in no further plan. */
export async function closeLateJobs({ store, clock, jobs }: LateJobsParts): Promise<void> {
  const now = clock.now()
  const late = (await jobs.open()).flatMap((job) => {
    const change = endOfLate(job, now)
    return change ? [{ id: job.id, change }] : []
  })
  if (late.length === 0) return
  await store.transaction<ComputeTables, void>(async (tx) => {
    for (const { id, change } of late) await jobs.change(tx, id, ['waiting'], change)
  })
}
