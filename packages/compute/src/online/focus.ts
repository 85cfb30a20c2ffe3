import { type Random, uniform } from '@dengta/statistics'
import type { Job, Placement, Snapshot } from '../model/snapshot.ts'
import { blockOf, type Capacity, hasRoom, hold } from './capacity.ts'
import { blockHours, quotaLeft } from './quota-left.ts'

/** A waiting job, and where it is planned (window slots), if it is. */
export interface Waiting {
  readonly job: Job
  readonly at: Placement | undefined
}

/** Puts the old placements back one by one, earliest start first; one that has no room or quota left is lost. Holds what stands. */
export function standing(capacity: Capacity, jobs: readonly Job[], old: readonly Placement[]): Waiting[] {
  const { window } = capacity
  const quota = quotaLeft(window)
  const byName = new Map(jobs.map((job) => [job.name, job]))
  const kept = new Map<string, Placement>()
  for (const at of [...old].sort((a, b) => a.start - b.start)) {
    const job = byName.get(at.job)
    if (!job || at.start < 0 || kept.has(at.job)) continue
    const block = blockOf(window, job, at)
    const hours = blockHours(window, block)
    if (!quota.allows(job, hours) || !hasRoom(capacity, block)) continue
    hold(capacity, block)
    quota.take(job, hours)
    kept.set(at.job, at)
  }
  return jobs.map((job) => ({ job, at: kept.get(job.name) }))
}

/**
 * Which waiting jobs are searched: all, where they are few. Else those that lie nowhere (most urgent first) and a share drawn
 * at random from the rest; places for newcomers are never all taken by jobs that cannot be placed.
 */
export function focusOf(waiting: readonly Waiting[], most: number, random: Random): Waiting[] {
  if (waiting.length <= most) return [...waiting]
  const homeless = waiting.filter(({ at }) => !at).sort((a, b) => a.job.deadline - b.job.deadline)
  const placed = waiting.filter(({ at }) => at)
  const chosen = homeless.slice(0, Math.max(most >> 1, most - placed.length))
  const wanted = most - chosen.length
  for (let i = 0; i < wanted && i < placed.length; i += 1) {
    const other = i + Math.floor(uniform(random) * (placed.length - i))
    ;[placed[i], placed[other]] = [placed[other]!, placed[i]!]
  }
  return [...chosen, ...placed.slice(0, wanted)]
}

/** Gives back what the jobs in focus held, so that they may be laid anew. */
export function lift(capacity: Capacity, window: Snapshot, focus: readonly Waiting[]): void {
  for (const { job, at } of focus) if (at) hold(capacity, blockOf(window, job, at), -1)
}
