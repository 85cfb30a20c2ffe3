import type { EngineJob } from '../executor/executor.ts'
import type { Action, LevelChange, Victim } from './action.ts'
import type { PowerLimits } from './power-limits.ts'
import { type OverLimit, PowerTree } from './power-tree.ts'
import { type CutJobState, checkpointAge, chooseCut, type OnChips } from './victims.ts'
import type { Wanted, WantedJob } from './wanted.ts'

/** What the engine shows and what the controller has to remember of the past. */
export interface Seen {
  readonly now: number
  readonly jobs: readonly EngineJob[]
  /** Jobs that ended, which engines forget. */
  readonly ended: ReadonlySet<string>
  /** Job: the request of the grid under which it was last taken off its chips. */
  readonly cutUnder: ReadonlyMap<string, string>
  /** Jobs whose power the engine has said it cannot change. */
  readonly fixedPower: ReadonlySet<string>
  /** Guards as last set; a site that is missing gets its guard set again. */
  readonly guards: ReadonlyMap<string, number>
}

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

/** A job that the engine has been taking off its chips for longer than this hangs: others must go in its place. */
const LEAVES_WITHIN_MS = 15_000

/**
 * Decides one step: lower guards, cut and hold until all is within its limits, fill the room in plan order, raise guards.
 * Depends on its arguments alone; on what the step leads to it decides nothing further.
 */
export function controlStep(seen: Seen, wanted: Wanted, limits: PowerLimits): ControlStep {
  const live = seen.jobs.filter(({ job, state }) => isLive(state) && !wanted.cancelled.includes(job))
  const tree = new PowerTree(limits)
  for (const { site, kw, state } of live) if (state !== 'held') tree.add(site, kw)
  const known = new Map(wanted.jobs.map((job) => [job.order.job, job]))
  const leaving = live.filter((job) => isLeaving(job, seen.now))
  for (const { site, kw } of leaving) tree.add(site, -kw)
  const held = holdWaiting(live, known, tree)
  const onChips = live.flatMap((job) => onChipsOf(job, known, seen))
  const cut = chooseCut(onChips, tree, { now: seen.now, holdMinutes: limits.holdMinutes })
  const lowered = cut.filter(({ paused, watts }) => paused || watts !== undefined)
  const stillOver = tree.over()
  for (const { site, kw } of leaving) tree.add(site, kw)
  const touched = new Set([...leaving, ...lowered.map(({ job }) => job.seen)].map(({ job }) => job).concat(held))
  const fills = fillRoom({ seen, wanted, live, tree, touched })
  const guards = guardActions(seen, limits, tree)
  const waits = live.some(({ state }) => state === 'waiting')
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
const isLeaving = ({ leavingSince }: EngineJob, now: number): boolean =>
  leavingSince !== undefined && now - leavingSince < LEAVES_WITHIN_MS

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

function onChipsOf(job: EngineJob, known: ReadonlyMap<string, WantedJob>, { fixedPower }: Seen): OnChips[] {
  const wanted = known.get(job.job)
  const stays = job.state === 'running' && job.leavingSince === undefined
  return wanted && stays ? [{ seen: job, wanted, mayCap: !fixedPower.has(job.job) }] : []
}

/**
 * The guard goes first where a job waits, which might take the power that a cut sets free; else beside the cut, as nothing can
 * start. Levels before victims: an engine may refuse them, and then others must go.
 */
function inGroups(lower: readonly Action[], cuts: readonly Action[], waits: boolean): Action[][] {
  const [first, ...rest] = cuts
  return waits || !first ? [[...lower], ...cuts.map((cut) => [cut])] : [[...lower, first], ...rest.map((cut) => [cut])]
}

function cutActions(lowered: readonly CutJobState[], tree: PowerTree, now: number): Action[] {
  const levels = lowered.flatMap(({ job, watts, kw }) =>
    watts === undefined ? [] : [{ job: job.seen.job, wattsPerChip: watts, kw }],
  )
  const victims = lowered.filter(({ paused }) => paused).map(({ job }) => victimOf(job, tree, now))
  return [
    ...(levels.length > 0 ? [{ do: 'levels', levels } as const] : []),
    ...(victims.length > 0 ? [{ do: 'requeue', victims } as const] : []),
  ]
}

function victimOf(job: OnChips, tree: PowerTree, now: number): Victim {
  const minutes = checkpointAge(job, now) + job.wanted.restartMinutes
  return {
    job: job.seen.job,
    event: tree.events(job.seen.site)[0],
    lostChipHours: (job.seen.chips * minutes) / 60,
  }
}

interface Room {
  readonly seen: Seen
  readonly wanted: Wanted
  readonly live: readonly EngineJob[]
  readonly tree: PowerTree
  /** Jobs that this step has held or lowered. */
  readonly touched: ReadonlySet<string>
}

/** Gives room in plan order: back to the planned level (all in one call), back from hold, or in for the first time. */
function fillRoom(room: Room): Action[] {
  const { seen, wanted } = room
  const engine = new Map(seen.jobs.map((job) => [job.job, job]))
  const levels: LevelChange[] = []
  const starts = wanted.jobs.flatMap((job) => {
    const { order, startAt } = job
    if (startAt > seen.now || seen.ended.has(order.job) || room.touched.has(order.job)) return []
    if (wanted.cancelled.includes(order.job)) return []
    const found = engine.get(order.job)
    if (!found) return [submit(job, room)]
    if (found.state === 'held') return releaseIfItFits(job, found, room)
    if (found.state === 'running') levels.push(...raise(job, found, room))
    return []
  })
  return levels.length > 0 ? [{ do: 'levels', levels }, ...starts] : starts
}

function submit({ order }: WantedJob, { tree }: Room): Action {
  const fits = tree.fits(order.site, order.kw)
  if (fits) tree.add(order.site, order.kw)
  return { do: 'submit', order, held: !fits }
}

/** A job taken off its chips under a request of the grid stays off until that request is over. */
function releaseIfItFits({ order }: WantedJob, { site, kw }: EngineJob, { seen, tree }: Room): Action[] {
  const under = seen.cutUnder.get(order.job)
  if (under !== undefined && tree.events(site).includes(under)) return []
  const needed = Math.max(kw, order.kw)
  if (!tree.fits(site, needed)) return []
  tree.add(site, needed)
  return [{ do: 'release', job: order.job }]
}

/** The highest level up to the planned one that fits. */
function raise({ order, levels, pue }: WantedJob, found: EngineJob, { seen, tree }: Room): LevelChange[] {
  if (seen.fixedPower.has(order.job) || found.kw >= order.kw * (1 - 1e-6)) return []
  const change = levels
    .filter(({ watts }) => watts <= order.wattsPerChip)
    .map(({ watts }): LevelChange => ({ job: order.job, wattsPerChip: watts, kw: (found.chips * watts * pue) / 1000 }))
    .find(({ kw }) => kw > found.kw * (1 + 1e-6) && tree.fits(found.site, kw - found.kw))
  if (!change) return []
  tree.add(found.site, change.kw - found.kw)
  return [change]
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
