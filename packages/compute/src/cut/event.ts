import { type CutJob, planCut } from './cut.ts'

/** A request of the grid: `targetKw` from minute `from` to before minute `to`. */
export interface GridEvent {
  readonly from: number
  readonly to: number
  readonly targetKw: number
}

/** A running job in an event: its states, its weight, and the least mean performance its tier allows over the record. */
export interface EventJob {
  readonly job: string
  readonly weight: number
  readonly floor: number
  /** First state: undisturbed. `performance` as a share of undisturbed. */
  readonly states: readonly { readonly name: string; readonly kw: number; readonly performance: number }[]
}

export interface EventRun {
  /** Job by minute: index of the state. */
  readonly states: readonly Uint8Array[]
  /** Power by minute of the record. */
  readonly kw: Float64Array
  /** Mean performance of each job over the record, 0 to 1. */
  readonly performance: readonly number[]
  /** Weighted mean performance, and the most that any run could reach within the target. */
  readonly weighted: number
  readonly bound: number
}

/**
 * Drives an event minute by minute: every minute `planCut` chooses states within the target. Floors are kept by raising the
 * weight of a job as its mean nears its floor, so that what is taken turns round among the jobs.
 */
export function driveEvent(jobs: readonly EventJob[], minutes: number, event: GridEvent): EventRun {
  const states = jobs.map(() => new Uint8Array(minutes))
  const kw = new Float64Array(minutes)
  const lost = new Float64Array(jobs.length)
  const all = jobs.reduce((sum, { weight }) => sum + weight, 0)
  let boundLoss = 0
  for (let minute = 0; minute < minutes; minute += 1) {
    const during = minute >= event.from && minute < event.to
    const target = during ? event.targetKw : Number.POSITIVE_INFINITY
    const cut = planCut(
      jobs.map((job, j) => cutJob(job, lost[j]!, minutes)),
      target,
    )
    boundLoss += planCut(
      jobs.map((job) => cutJob(job, 0, minutes)),
      target,
    ).bound
    for (const [j, job] of jobs.entries()) {
      const state = job.states[cut.chosen[j]!]!
      states[j]![minute] = cut.chosen[j]!
      kw[minute]! += state.kw
      lost[j]! += 1 - state.performance
    }
  }
  const performance = jobs.map((_, j) => 1 - lost[j]! / minutes)
  const weighted = jobs.reduce((sum, { weight }, j) => sum + weight * performance[j]!, 0) / all
  return { states, kw, performance, weighted, bound: 1 - boundLoss / minutes / all }
}

/** Share of what a floor allows to lose from which on a job is spared. */
const NEAR_FLOOR = 0.95
const SPARED = 100

function cutJob({ job, weight, floor, states }: EventJob, lost: number, minutes: number): CutJob {
  const spare = lost >= NEAR_FLOOR * (1 - floor) * minutes ? SPARED : 1
  return {
    job,
    choices: states.map(({ name, kw, performance }) => ({ name, kw, loss: weight * spare * (1 - performance) })),
  }
}
