import type { Job, Placement, Snapshot } from '../model/snapshot.ts'
import { gangOf, heldAt } from '../model/way.ts'
import type { Lock } from './replan-lock.ts'

export interface OnChips {
  readonly snapshot: Snapshot
  /** Jobs of participants, with or without an engine that has them. */
  readonly arrived: readonly Job[]
  readonly locks?: ReadonlyMap<string, Lock> | undefined
}

/**
 * Whether a job that was to begin, and that no engine has yet, finds its chips taken by jobs that run: one of them began where
 * the plan in force did not have it. Pure.
 */
export function isCrowdedOut(
  job: Job,
  { site, chip, start, slots, chips }: Placement,
  { snapshot, arrived, locks }: OnChips,
): boolean {
  const held = (gang: number): number => heldAt(snapshot, { site, chip }, gang)
  const taken = arrived.reduce(
    (sum, other) => {
      const lock = locks?.get(other.name)
      const overlaps = lock?.slots && lock.slots.from < start + slots && start < lock.slots.to
      return overlaps && lock.site === site && lock.chip === chip ? sum + held(gangOf(other, lock).chips) : sum
    },
    held(gangOf(job, { chips }).chips),
  )
  const pools = snapshot.sites.find(({ name }) => name === site)?.pools ?? []
  return taken > (pools.find((pool) => pool.chip === chip)?.count ?? 0)
}
