import type { Day } from '../day/day.ts'
import { gangOf } from '../model/way.ts'
import { MINUTE } from '../settlement/meter.ts'
import type { PublicJob } from './public-job.ts'

/** Where an engine holds a job: site, chip and power are no longer the planner's to choose. */
export interface Lock {
  readonly site: string
  readonly chip: string
  readonly watts: number
  /** Of the gang that it has there; all of its own where absent. */
  readonly chips?: number | undefined
  /** Slots of a job that runs: from when it was last put on its chips to the latest end that its engine allows. Absent for one that waits there. */
  readonly slots?: { readonly from: number; readonly to: number } | undefined
  /** What a job that runs holds of its participant's quota. */
  readonly heldChipHours?: number | undefined
}

/** Locks of the jobs that an engine has, by name. */
export function locksOf(jobs: readonly PublicJob[], day: Day): ReadonlyMap<string, Lock> {
  return new Map(
    jobs.flatMap((job) => (job.handedAt && job.placement ? [[job.id, lockOf(job, job.placement, day)] as const] : [])),
  )
}

function lockOf(job: PublicJob, placement: NonNullable<PublicJob['placement']>, day: Day): Lock {
  const { state, startedAt, held, ask } = job
  const { site, chip, watts } = placement
  const chips = placement.chipsNow ?? placement.chips
  const there = { site, chip, watts, ...(chips !== undefined && { chips }) }
  if (state !== 'running' || !startedAt) return there
  const slower = gangOf(ask, placement).speed / gangOf(ask, { chips }).speed
  const length = (Date.parse(placement.endsAt) - Date.parse(placement.startsAt)) * slower
  const began = placement.resumedAt === undefined ? startedAt.getTime() : Date.parse(placement.resumedAt)
  const slotAt = (at: number): number => (at - day.startsAt.getTime()) / (day.slotMinutes * MINUTE)
  const from = Math.min(day.slots - 1, Math.max(0, Math.floor(slotAt(began))))
  const to = Math.max(from + 1, Math.round(slotAt(began + length)))
  return { ...there, slots: { from, to: Math.min(day.slots, to) }, heldChipHours: held.chipHours }
}
