import type { Text } from '@dengta/kernel'
import type { ComputeJobView, newComputeJob } from '@dengta/sdk'
import type { z } from 'zod'
import { type Day, slotAt } from '../day/day.ts'
import { assumedWorth } from '../model/read-snapshot.ts'
import type { Job, Snapshot } from '../model/snapshot.ts'
import { waysOf } from '../model/way.ts'
import type { Amount } from '../quota/quota.ts'

/** What a participant asked for, as it was said. */
export type Ask = z.output<typeof newComputeJob>

/** A job of public compute. In a snapshot it goes by its id. */
export interface PublicJob {
  readonly id: string
  readonly participant: string
  readonly state: ComputeJobView['state']
  readonly ask: Ask
  readonly reason: Text
  /** The most it may take, held against the quota while it is open. */
  readonly held: Amount
  readonly placement?: ComputeJobView['placement'] | undefined
  readonly usage?: ComputeJobView['usage'] | undefined
  readonly askedAt: Date
  readonly endedAt?: Date | undefined
  /** When the house began to give it to its engine: from then on the engine decides what becomes of it. */
  readonly handedAt?: Date | undefined
  readonly startedAt?: Date | undefined
  readonly cancelAskedAt?: Date | undefined
  /** The record of what it used. */
  readonly record?: string | undefined
}

export type PublicJobChange = Partial<
  Pick<PublicJob, 'state' | 'reason' | 'usage' | 'endedAt' | 'startedAt' | 'record'>
> & {
  /** `null` takes the placement away. */
  readonly placement?: NonNullable<PublicJob['placement']> | null
}

export function publicJobView(job: PublicJob): ComputeJobView {
  const { id, participant, state, reason, placement, usage, held, startedAt, endedAt, record } = job
  const { name, scenario, class: workload, chips, hours, tier, deadline, sites } = job.ask
  return {
    ...{ id, participant, name, state, reason, class: workload, chips, hours, tier, deadline },
    ...(scenario !== undefined && { scenario }),
    ...(sites && { sites }),
    ...{ heldChipHours: held.chipHours, heldKwh: held.kwh, askedAt: job.askedAt.toISOString() },
    ...(placement && { placement }),
    ...(usage && { usage }),
    ...(startedAt && { startedAt: startedAt.toISOString() }),
    ...(endedAt && { endedAt: endedAt.toISOString() }),
    ...(record !== undefined && { record }),
  }
}

/** The job as the planner sees it on a day; its deadline is at most the end of the day. */
export function plannedJob(job: Pick<PublicJob, 'id' | 'participant' | 'ask' | 'askedAt'>, day: Day): Job {
  const { class: workload, chips, gangs, hours, tier, sites, chipTypes, trust, checkpoint } = job.ask
  return {
    ...{ name: job.id, participant: job.participant, class: workload, chips, hours, tier },
    ...(gangs && { gangs: gangs.toSorted((a, b) => b.chips - a.chips) }),
    ...{ sites, chipTypes, trust, checkpoint, ...assumedWorth({ chips, hours, tier }) },
    release: Math.max(0, slotAt(day, job.askedAt)),
    deadline: Math.max(0, slotAt(day, new Date(job.ask.deadline))),
  }
}

/** The first smaller gang that is none: not smaller, named before, or faster than a larger one. */
export function wrongGang({ chips, gangs = [] }: Pick<Ask, 'chips' | 'gangs'>): number | undefined {
  return gangs.find(
    (gang, k) =>
      gang.chips >= chips ||
      gangs.findIndex((other) => other.chips === gang.chips) < k ||
      gangs.some((other) => other.chips > gang.chips && other.speed < gang.speed),
  )?.chips
}

/** The most chip-hours and kWh that any way to run the job takes; undefined where no pool fits it at all. */
export function mostOf(snapshot: Snapshot, job: Job): Amount | undefined {
  const ways = waysOf(snapshot, { ...job, release: 0, deadline: Number.POSITIVE_INFINITY })
  if (ways.length === 0) return undefined
  const hoursOf = (slots: number): number => (slots * snapshot.slotMinutes) / 60
  return {
    chipHours: Math.max(...ways.map(({ chips, slots }) => chips * hoursOf(slots))),
    kwh: Math.max(...ways.map(({ kw, slots, site }) => kw * hoursOf(slots) * Math.max(...site.pue))),
  }
}
