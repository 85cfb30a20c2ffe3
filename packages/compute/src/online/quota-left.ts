import type { Job, Participant, Placement, Snapshot } from '../model/snapshot.ts'
import type { Way } from '../model/way.ts'
import { type Block, blockOf } from './capacity.ts'

/** Slack for sums of floating-point hours. */
const SLACK_HOURS = 1e-9

/** Chip-hours that participants have left in a window beside what is planned so far; without end where there is no quota. Changed in place. */
export interface QuotaLeft {
  readonly allows: (job: Job, hours: number) => boolean
  /** Takes the hours, or gives them back (`sign` -1). */
  readonly take: (job: Job, hours: number, sign?: 1 | -1) => void
}

export function quotaLeft({ participants }: Pick<Snapshot, 'participants'>): QuotaLeft {
  const left = new Map(
    participants.map(({ name, quotaChipHours = Number.POSITIVE_INFINITY }) => [name, quotaChipHours]),
  )
  const of = ({ participant }: Job): number => left.get(participant) ?? Number.POSITIVE_INFINITY
  return {
    allows: (job, hours) => hours <= of(job) + SLACK_HOURS,
    take: (job, hours, sign = 1) => void left.set(job.participant, of(job) - sign * hours),
  }
}

/** Chip-hours that a way holds, the last slot whole. */
export const wayHours = ({ slotMinutes }: Pick<Snapshot, 'slotMinutes'>, { chips, slots }: Way): number =>
  (chips * slots * slotMinutes) / 60

/** The same of a block. */
export const blockHours = ({ slotMinutes }: Pick<Snapshot, 'slotMinutes'>, { chips, from, to }: Block): number =>
  (chips * (to - from) * slotMinutes) / 60

/** The same of a placement (window slots). */
export function placedHours(window: Snapshot, job: Job, at: Placement): number {
  return blockHours(window, blockOf(window, job, at))
}

/** The participants of a window with what their quotas have left beside jobs that stay where they are planned (window slots). */
export function participantsBeside(
  window: Snapshot,
  staying: readonly { readonly job: Job; readonly at: Placement }[],
): readonly Participant[] {
  const limited = window.participants.some(({ quotaChipHours }) => quotaChipHours !== undefined)
  const hours = new Map<string, number>()
  for (const { job, at } of limited ? staying : [])
    hours.set(job.participant, (hours.get(job.participant) ?? 0) + placedHours(window, job, at))
  return window.participants.map((each) =>
    each.quotaChipHours === undefined
      ? each
      : { ...each, quotaChipHours: Math.max(0, each.quotaChipHours - (hours.get(each.name) ?? 0)) },
  )
}
