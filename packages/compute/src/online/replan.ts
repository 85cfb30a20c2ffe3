import { type Random, seededRandom } from '@dengta/statistics'
import type { Job, Placement, Snapshot } from '../model/snapshot.ts'
import { placementOf, wayOf, waysOf } from '../model/way.ts'
import type { Goal } from '../plan/best-column.ts'
import { raiseBound } from '../plan/dual-ascent.ts'
import { guidesOf, insertAll, wishesOf } from '../plan/guides.ts'
import type { Prices } from '../plan/prices.ts'
import { type Problem, problemOf } from '../plan/problem.ts'
import { repair } from '../plan/repair.ts'
import { emptyPlan, place, type Usage, yuanOf } from '../plan/usage.ts'
import { lockedCapacity } from './capacity.ts'
import { focusOf, lift, standing, type Waiting } from './focus.ts'
import type { Expected, OnlinePlan, OnlineState, Policy } from './online-state.ts'
import { participantsBeside } from './quota-left.ts'
import { warmPrices } from './warm-prices.ts'
import { shifted, windowOf } from './window.ts'

/** How much work one slot is worth. The same numbers and seed give the same plan on every machine. */
export interface ReplanEffort {
  readonly seed: number
  /** Steps of raising the prices, from those of the slot before. */
  readonly ascents: number
  /** Rounds of large-neighbourhood repair for each job that is searched, and at most altogether. */
  readonly roundsPerJob: number
  readonly mostRounds: number
  /** Waiting jobs that are searched, at most; the others stay where they are planned. */
  readonly focus: number
  /** What ending an hour later is worth beyond a job's own rate, yuan a chip: the risk that room is gone by then. */
  readonly hasteYuanPerChipHour: number
  /** Factor on estimates that planning allows for, where the deadline leaves room for it: 1 trusts them. */
  readonly margin: number
}

/** A rolling re-plan as a policy: the same state, effort and seed give the same decision. */
export function rollingReplan(effort: ReplanEffort): Policy {
  return (state) => replan(state, effort)
}

/**
 * Plans what is known in slot `now`: runs are locked, waiting jobs stay where they were unless that no longer fits or a cheaper
 * place is found. Nothing is known of jobs that have not been released.
 */
export function replan(state: OnlineState, effort: ReplanEffort): OnlinePlan {
  const { now, previous } = state
  const random = seededRandom(effort.seed * 1_000_003 + now)
  const window = windowOf(state, cautious(state, effort))
  const capacity = lockedCapacity(state, window)
  const old = previous.placements.map((placement) => shifted(placement, -now))
  const waiting = standing(capacity, window.jobs, old)
  const focus = focusOf(waiting, effort.focus, random)
  lift(capacity, window, focus)
  const expected = expectedIn(state, window, effort)
  const inFocus = new Set(focus.map(({ job }) => job.name))
  const staying = waiting.flatMap(({ job, at }) => (at && !inFocus.has(job.name) ? [{ job, at }] : []))
  const participants = participantsBeside(window, staying)
  const jobs = [...focus.map(({ job }) => job), ...expected]
  const problem = problemOf({ ...window, participants, jobs }, capacity.taken)
  const { usage, prices } = search(problem, focus, { random, effort, from: warmPrices(problem, previous.prices, now) })
  const kept = staying.map(({ at }) => at)
  const placements = [...kept, ...placementsOf(usage, focus)].map((placement) => shifted(placement, now))
  return { placements, expected: expectedOf(usage, expected, now), prices: { now, slots: problem.slots, prices } }
}

/** Expected jobs as the window sees them; those of which not enough is left to matter fall away. */
function expectedIn({ forecast, now }: OnlineState, { slots }: Snapshot, effort: ReplanEffort): Job[] {
  return (forecast ?? []).flatMap((job) => {
    const release = job.release - now
    if (release <= 0 || release >= slots) return []
    return [{ ...hasty(job, effort), release, deadline: Math.min(slots, job.deadline - now) }]
  })
}

/** The waiting jobs in a hurry, and longer than their owners believe where that still fits into what is looked ahead. */
function cautious({ snapshot, now, horizon }: OnlineState, effort: ReplanEffort): Job[] {
  return snapshot.jobs.map((job) => {
    const own = hasty(job, effort)
    if (effort.margin === 1) return own
    const longer = { ...own, hours: own.hours * effort.margin }
    const seen = { ...longer, release: Math.max(now, job.release), deadline: Math.min(now + horizon, job.deadline) }
    return waysOf(snapshot, seen).length > 0 ? longer : own
  })
}

function hasty(job: Job, { hasteYuanPerChipHour }: ReplanEffort): Job {
  return { ...job, delayYuanPerHour: job.delayYuanPerHour + hasteYuanPerChipHour * job.chips }
}

interface Search {
  readonly random: Random
  readonly effort: ReplanEffort
  readonly from: Prices
}

function search(
  problem: Problem,
  focus: readonly Waiting[],
  { random, effort, from }: Search,
): { usage: Usage; prices: Prices } {
  const usage = emptyPlan(problem)
  for (const [j, { at }] of focus.entries()) if (at) placeAt(usage, j, at)
  const goal: Goal = { running: 1, leaveOut: problem.unservedYuan }
  const { prices } = raiseBound(problem, { goal, iterations: effort.ascents, upper: yuanOf(usage), from })
  const guides = guidesOf(problem, prices)
  insertAll(usage, guides[0]!)
  const jobs = Int32Array.from({ length: problem.jobs }, (_, j) => j)
  const rounds = Math.min(effort.mostRounds, effort.roundsPerJob * problem.jobs)
  repair(usage, { random, rounds, jobs, wishes: wishesOf(problem, guides[0]!, jobs), guides })
  return { usage, prices }
}

function placeAt(usage: Usage, j: number, at: Placement): void {
  const { ways, firstWay } = usage.problem
  const own = ways.slice(firstWay[j]!, firstWay[j + 1]!)
  const way = wayOf(own, at)
  if (way) place(usage, j, firstWay[j]! + own.indexOf(way), at.start)
}

function placementsOf(usage: Usage, focus: readonly Waiting[]): Placement[] {
  return focus.flatMap(({ job }, j) => placedAt(usage, j, job))
}

/** The jobs of the forecast follow those in focus. */
function expectedOf(usage: Usage, expected: readonly Job[], now: number): Expected[] {
  const first = usage.problem.jobs - expected.length
  return expected.flatMap((job, i) => placedAt(usage, first + i, job).map((at) => ({ job, at: shifted(at, now) })))
}

function placedAt({ problem, way, start }: Usage, j: number, { name }: Job): Placement[] {
  const own = problem.ways[way[j]!]
  return own ? [placementOf(name, own, start[j]!)] : []
}
