import type { Action, Resize, Victim } from './action.ts'
import type { PowerTree } from './power-tree.ts'
import { type CutJobState, checkpointAge, type OnChips } from './victims.ts'
import type { WantedJob } from './wanted.ts'

/**
 * The guard goes first where a job waits, which might take the power that a cut sets free; else beside the cut, as nothing can
 * start. Levels before gangs before victims: an engine may refuse them, and then others must go.
 */
export function inGroups(lower: readonly Action[], cuts: readonly Action[], waits: boolean): Action[][] {
  const [first, ...rest] = cuts
  return waits || !first ? [[...lower], ...cuts.map((cut) => [cut])] : [[...lower, first], ...rest.map((cut) => [cut])]
}

/** What a cut asks of the engine, at most one call a kind. */
export function cutActions(lowered: readonly CutJobState[], tree: PowerTree, now: number): Action[] {
  const levels = lowered.flatMap(({ job, watts }) =>
    watts === undefined
      ? []
      : [{ job: job.seen.job, wattsPerChip: watts, kw: kwOn(job.wanted, job.seen.chips, watts) }],
  )
  const jobs = lowered.flatMap(({ job, chips, kw }) =>
    chips === undefined ? [] : [{ ...resizeOf(job, { chips, kw }, now), event: tree.events(job.seen.site)[0] }],
  )
  const victims = lowered.filter(({ paused }) => paused).map(({ job }) => victimOf(job, tree, now))
  return [
    ...(levels.length > 0 ? [{ do: 'levels', levels } as const] : []),
    ...(jobs.length > 0 ? [{ do: 'resize', jobs } as const] : []),
    ...(victims.length > 0 ? [{ do: 'requeue', victims } as const] : []),
  ]
}

function victimOf(job: OnChips, tree: PowerTree, now: number): Victim {
  return { job: job.seen.job, event: tree.events(job.seen.site)[0], lostChipHours: lostBy(job, now) }
}

/** A job put on another gang, with the time that it then needs. */
export function resizeOf(job: OnChips, { chips, kw }: Pick<Resize, 'chips' | 'kw'>, now: number): Resize {
  const { seen, wanted } = job
  const speed = wanted.gangs?.find((gang) => gang.chips === chips)?.speed ?? 1
  const minutes = Math.ceil(wanted.order.minutes / speed)
  return { job: seen.job, chips, kw, minutes, from: seen.chips, lostChipHours: lostBy(job, now) }
}

/** Chip-hours since the last checkpoint, and to come back from it; none for a job that is off its chips already. */
function lostBy(job: OnChips, now: number): number {
  if (job.seen.state !== 'running') return 0
  return (job.seen.chips * (checkpointAge(job, now) + job.wanted.restartMinutes)) / 60
}

/** Power of so many chips at a level, kW at the meter. */
export const kwOn = ({ pue }: Pick<WantedJob, 'pue'>, chips: number, watts: number): number =>
  (chips * watts * pue) / 1000
