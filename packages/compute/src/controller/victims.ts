import { planCut } from '../cut/cut.ts'
import { cutStates, type RunningCut, type RunningState } from '../cut/running-job.ts'
import type { EngineJob } from '../executor/executor.ts'
import { type Gang, SLOW_DOWN } from '../model/snapshot.ts'
import type { PowerTree } from './power-tree.ts'
import { gangsBelow, type WantedJob } from './wanted.ts'

/** A job on its chips and what the house knows of it. */
export interface OnChips {
  readonly seen: EngineJob
  readonly wanted: WantedJob
  /** False where the engine cannot change its power. */
  readonly mayCap: boolean
  /** False where the engine cannot put it on fewer chips. */
  readonly mayShrink: boolean
}

/** What a cut decided for one job: a lower level, fewer chips, or off its chips. */
export interface CutJobState {
  readonly job: OnChips
  /** Undefined for a job that stays as it is. */
  readonly watts?: number | undefined
  /** Undefined for a job that keeps its gang. */
  readonly chips?: number | undefined
  readonly kw: number
  readonly paused: boolean
}

export interface CutOptions {
  readonly now: number
  readonly holdMinutes: number
}

/** Weight of a state that takes a job below the floor of its tier: taken only where nothing else reaches the limit. */
const BELOW_FLOOR = 1000

/**
 * Lowers running jobs until every site and then every feeder is within its limit, least chip-hours lost first.
 * Changes the sums of `tree`; a limit that cannot be reached is left as near as the states allow.
 */
export function chooseCut(jobs: readonly OnChips[], tree: PowerTree, options: CutOptions): CutJobState[] {
  const choices = jobs.map((job) => statesOf(job, options).choices)
  const chosen = jobs.map(() => 0)
  for (const { node, limitKw } of tree.over()) {
    if (!tree.isOver(node)) continue
    const here = [...jobs.keys()].filter((j) => tree.path(jobs[j]!.seen.site).includes(node))
    const left = here.map((j) => lowerStates(jobs[j]!.seen.job, choices[j]!, chosen[j]!))
    const drawn = left.reduce((sum, { choices: [now] }) => sum + now!.kw, 0)
    const cut = planCut(left, limitKw - (tree.kw(node) - drawn))
    for (const [i, j] of here.entries()) {
      const next = left[i]!.choices[cut.chosen[i]!]!
      tree.add(jobs[j]!.seen.site, next.kw - choices[j]![chosen[j]!]!.kw)
      chosen[j] = choices[j]!.indexOf(next)
    }
  }
  return jobs.map((job, j) => stateOf(job, choices[j]!, chosen[j]!))
}

/** Minutes of work since the last checkpoint; where the engine does not say, as the order promised to write them. */
export function checkpointAge({ seen, wanted }: OnChips, now: number): number {
  const ran = Math.max(0, now - (seen.startedAt ?? now)) / 60_000
  if (seen.checkpointAt !== undefined) return Math.min(ran, Math.max(0, now - seen.checkpointAt) / 60_000)
  const every = wanted.order.checkpoint?.everyMinutes
  return every ? ran % every : ran
}

function lowerStates(job: string, choices: readonly RunningState[], from: number): RunningCut {
  const now = choices[from]!
  return { job, choices: [now, ...choices.filter(({ kw }) => kw < now.kw)] }
}

function stateOf(job: OnChips, choices: readonly RunningState[], k: number): CutJobState {
  const [now] = choices
  const { kw, watts, chips } = choices[k]!
  if (chips === 0) return { job, kw, paused: true }
  const level = watts === now!.watts ? undefined : watts
  return { job, kw, watts: level, chips: chips === now!.chips ? undefined : chips, paused: false }
}

/** Levels under the one it runs at. */
function levelsBelow({ wanted, mayCap }: OnChips, watts: number): WantedJob['levels'] {
  return mayCap ? wanted.levels.filter((level) => level.watts < watts * (1 - 1e-6)) : []
}

/** Gangs under the one it has, with speeds as a share of its own now. Only what writes checkpoints comes back on fewer chips. */
function gangsUnder({ seen, wanted, mayShrink }: OnChips): readonly Gang[] {
  const may = mayShrink && wanted.order.checkpoint !== undefined
  return may ? (gangsBelow(wanted.gangs, gangNow(seen, wanted)) ?? []) : []
}

/** The gang that a job has now; speed as a share of that of the ordered gang. */
function gangNow({ chips }: EngineJob, { gangs }: WantedJob): Gang {
  return gangs?.find((gang) => gang.chips === chips) ?? { chips, speed: 1 }
}

/** States of a job from how it runs now; a floor counts all that its level and its gang take from what was ordered. */
function statesOf(job: OnChips, { now, holdMinutes }: CutOptions): RunningCut {
  const { seen, wanted } = job
  const watts = (seen.kw * 1000) / seen.chips / wanted.pue
  const here = { watts, speed: speedAt(wanted, watts) }
  const running = {
    ...wanted,
    job: seen.job,
    chips: seen.chips,
    gangs: gangsUnder(job),
    checkpointAge: checkpointAge(job, now),
  }
  const states = cutStates(
    {
      ...running,
      levels: [here, ...levelsBelow(job, watts)],
      restart: wanted.restartMinutes,
      mayPause: wanted.order.mayPause,
    },
    holdMinutes,
  )
  const share = (here.speed / speedAt(wanted, wanted.order.wattsPerChip)) * gangNow(seen, wanted).speed
  const allowed = SLOW_DOWN[wanted.tier] * wanted.order.minutes
  const weigh = (state: RunningState): RunningState => {
    const lost = holdMinutes * (state.loss / seen.chips + state.speed * (1 - share))
    return lost > allowed ? { ...state, loss: state.loss * BELOW_FLOOR } : state
  }
  return { job: seen.job, choices: states.choices.map(weigh) }
}

/** Speed at the level nearest to what it draws. */
function speedAt({ levels }: WantedJob, watts: number): number {
  const nearest = levels.reduce((a, b) => (Math.abs(b.watts - watts) < Math.abs(a.watts - watts) ? b : a))
  return nearest.speed
}
