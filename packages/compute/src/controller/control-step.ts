import type { EngineJob } from '../executor/executor.ts'
import type { Action } from './action.ts'
import { cutActions, inGroups } from './cut-actions.ts'
import { fillRoom } from './fill-room.ts'
import type { PowerLimits } from './power-limits.ts'
import { type OverLimit, PowerTree } from './power-tree.ts'
import type { Seen } from './seen.ts'
import { chooseCut, type OnChips } from './victims.ts'
import type { Wanted, WantedJob } from './wanted.ts'

/** What a step asks of the engine, in four parts that must come one after the other. */
export interface ControlStep {
  /** Brings the engine within its limits, group after group; the calls of a group may go out together. Nothing may keep it waiting. */
  readonly cuts: readonly (readonly Action[])[]
  /** Takes back what draws nothing yet and what nobody wants; the guard keeps it from starting until then. */
  readonly holds: readonly Action[]
  /** Gives room to jobs. Of no use any more once a limit has fallen. */
  readonly fills: readonly Action[]
  /** Guards that rise, when all is filled. */
  readonly raises: readonly Action[]
  /** What drew more than its limit when the step began, and what no state of the jobs would bring within it. */
  readonly over: readonly OverLimit[]
  readonly stillOver: readonly OverLimit[]
}

/** A job that the engine has been taking off its chips, or was asked to cancel, for longer than this hangs: others must go in its place. */
const LEAVES_WITHIN_MS = 15_000

/**
 * Decides one step: lower guards, cut and hold until all is within its limits, fill the room in plan order, raise guards.
 * Depends on its arguments alone; on what the step leads to it decides nothing further.
 */
export function controlStep(seen: Seen, wanted: Wanted, limits: PowerLimits): ControlStep {
  const cancelled = new Set(wanted.cancelled)
  const live = seen.jobs.filter(({ job, state }) => state === 'running' || (isLive(state) && !cancelled.has(job)))
  const tree = new PowerTree(limits)
  for (const { site, kw, state } of live) if (state !== 'held') tree.add(site, kw)
  const known = new Map(wanted.jobs.map((job) => [job.order.job, job]))
  const leaving = live.filter((job) => isLeaving(job, seen, cancelled))
  for (const { site, kw } of leaving) tree.add(site, -kw)
  const held = holdWaiting(live, known, tree)
  const onChips = live.flatMap((job) => (cancelled.has(job.job) ? [] : onChipsOf(job, known, seen)))
  const cut = chooseCut(onChips, tree, { now: seen.now, holdMinutes: limits.holdMinutes })
  const lowered = cut.filter(({ paused, watts, chips }) => paused || watts !== undefined || chips !== undefined)
  const stillOver = tree.over()
  for (const { site, kw } of leaving) tree.add(site, kw)
  const touched = new Set([...leaving, ...lowered.map(({ job }) => job.seen)].map(({ job }) => job).concat(held))
  const fills = fillRoom({ seen, wanted, tree, touched })
  const guards = guardActions(seen, limits, tree)
  const waits = seen.jobs.some(({ state }) => state === 'waiting')
  return {
    cuts: inGroups(guards.lower, cutActions(lowered, tree, seen.now), waits),
    holds: [...cancels(seen, wanted), ...held.map((job) => ({ do: 'hold', job }) as const)],
    fills,
    raises: guards.raise,
    over: runningOver(live, limits),
    stillOver,
  }
}

/** It still draws power, so nobody gets its room yet; but to cut a second time for what it will give back costs work for nothing. */
function isLeaving(
  { job, leavingSince }: EngineJob,
  { now, cancelAsked }: Seen,
  cancelled: ReadonlySet<string>,
): boolean {
  const since = leavingSince ?? (cancelled.has(job) ? (cancelAsked.get(job) ?? now) : undefined)
  return since !== undefined && now - since < LEAVES_WITHIN_MS
}

/** What jobs on chips draw above a limit; what waits draws nothing, and the guard keeps it waiting. */
export function runningOver(jobs: readonly EngineJob[], limits: PowerLimits): OverLimit[] {
  const tree = new PowerTree(limits)
  for (const { site, kw, state } of jobs) if (state === 'running') tree.add(site, kw)
  return tree.over()
}

const isLive = (state: EngineJob['state']): boolean => state === 'held' || state === 'waiting' || state === 'running'

function cancels(seen: Seen, { cancelled }: Wanted): Action[] {
  return seen.jobs
    .filter(({ job, state }) => isLive(state) && cancelled.includes(job))
    .map(({ job }) => ({ do: 'cancel', job }))
}

/** Released jobs that have not started cost nothing to take back: the last of the plan first, until all fits. */
function holdWaiting(live: readonly EngineJob[], known: ReadonlyMap<string, WantedJob>, tree: PowerTree): string[] {
  const rank = new Map([...known.keys()].map((job, i) => [job, i]))
  const waiting = live
    .filter(({ job, state }) => state === 'waiting' && known.has(job))
    .sort((a, b) => rank.get(b.job)! - rank.get(a.job)!)
  return waiting.flatMap(({ job, site, kw }) => {
    if (!tree.path(site).some((node) => tree.isOver(node))) return []
    tree.add(site, -kw)
    return [job]
  })
}

function onChipsOf(job: EngineJob, known: ReadonlyMap<string, WantedJob>, { fixedPower, fixedGang }: Seen): OnChips[] {
  const wanted = known.get(job.job)
  const stays = job.state === 'running' && job.leavingSince === undefined
  if (!wanted || !stays) return []
  return [{ seen: job, wanted, mayCap: !fixedPower.has(job.job), mayShrink: !fixedGang.has(job.job) }]
}

/** A site alone may fill its limit; under a feeder it may draw what this step grants, so that all together keep to the feeder's. */
function guardActions({ guards }: Seen, { sites }: PowerLimits, tree: PowerTree): Record<'lower' | 'raise', Action[]> {
  const changes = sites.flatMap(({ name, parent, limitKw }) => {
    const kw = Math.max(0, parent === undefined ? limitKw : Math.min(limitKw, tree.kw(name)))
    const before = guards.get(name)
    return before === kw ? [] : [{ action: { do: 'guard', site: name, kw } as const, raises: (before ?? kw) < kw }]
  })
  const pick = (raises: boolean): Action[] => changes.flatMap((each) => (each.raises === raises ? [each.action] : []))
  return { lower: pick(false), raise: pick(true) }
}
