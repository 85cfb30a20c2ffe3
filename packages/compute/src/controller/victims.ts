import { type CutChoice, type CutJob, planCut } from '../cut/cut.ts'
import { cutStates } from '../cut/running-job.ts'
import type { EngineJob } from '../executor/executor.ts'
import { SLOW_DOWN } from '../model/snapshot.ts'
import type { PowerTree } from './power-tree.ts'
import type { WantedJob } from './wanted.ts'

/** A job on its chips and what the house knows of it. */
export interface OnChips {
  readonly seen: EngineJob
  readonly wanted: WantedJob
  /** False where the engine cannot change its power. */
  readonly mayCap: boolean
}

/** What a cut decided for one job: a lower level, or off its chips. */
export interface CutJobState {
  readonly job: OnChips
  /** Undefined for a job that stays as it is. */
  readonly watts?: number | undefined
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
  return jobs.map((job, j) => stateOf(job, choices[j]!, chosen[j]!, levelsBelow(job)))
}

/** Minutes of work since the last checkpoint; where the engine does not say, as the order promised to write them. */
export function checkpointAge({ seen, wanted }: OnChips, now: number): number {
  const ran = Math.max(0, now - (seen.startedAt ?? now)) / 60_000
  if (seen.checkpointAt !== undefined) return Math.min(ran, Math.max(0, now - seen.checkpointAt) / 60_000)
  const every = wanted.order.checkpoint?.everyMinutes
  return every ? ran % every : ran
}

function lowerStates(job: string, choices: readonly CutChoice[], from: number): CutJob {
  const now = choices[from]!
  return { job, choices: [now, ...choices.filter(({ kw }) => kw < now.kw)] }
}

function stateOf(job: OnChips, choices: readonly CutChoice[], k: number, below: WantedJob['levels']): CutJobState {
  const { kw } = choices[k]!
  if (k === 0) return { job, kw, paused: false }
  const level = below[k - 1]
  return level ? { job, kw, watts: level.watts, paused: false } : { job, kw, paused: true }
}

/** Levels under the one it runs at. */
function levelsBelow({ seen, wanted, mayCap }: OnChips): WantedJob['levels'] {
  const watts = (seen.kw * 1000) / seen.chips / wanted.pue
  return mayCap ? wanted.levels.filter((level) => level.watts < watts * (1 - 1e-6)) : []
}

function statesOf(job: OnChips, { now, holdMinutes }: CutOptions): CutJob {
  const { seen, wanted } = job
  const watts = (seen.kw * 1000) / seen.chips / wanted.pue
  const age = checkpointAge(job, now)
  const levels = [{ watts, speed: speedAt(wanted, watts) }, ...levelsBelow(job)]
  const running = { ...wanted, job: seen.job, chips: seen.chips, levels, checkpointAge: age }
  const states = cutStates({ ...running, restart: wanted.restartMinutes, mayPause: wanted.order.mayPause }, holdMinutes)
  const allowed = SLOW_DOWN[wanted.tier] * wanted.order.minutes * seen.chips
  const weigh = (choice: CutChoice): CutChoice =>
    choice.loss * holdMinutes > allowed ? { ...choice, loss: choice.loss * BELOW_FLOOR } : choice
  return { job: seen.job, choices: states.choices.map(weigh) }
}

/** Speed at the level nearest to what it draws. */
function speedAt({ levels }: WantedJob, watts: number): number {
  const nearest = levels.reduce((a, b) => (Math.abs(b.watts - watts) < Math.abs(a.watts - watts) ? b : a))
  return nearest.speed
}
