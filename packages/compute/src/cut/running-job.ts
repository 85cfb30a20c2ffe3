import type { Level } from '../model/snapshot.ts'
import type { CutChoice, CutJob } from './cut.ts'

/** A job on its chips when the grid asks: its levels from the highest power down, and the age of its last checkpoint. */
export interface RunningJob {
  readonly job: string
  readonly chips: number
  readonly levels: readonly Level[]
  readonly pue: number
  /** Minutes of work that a pause would throw away. */
  readonly checkpointAge: number
  /** Minutes to come back from a checkpoint. */
  readonly restart: number
  /** False for work that may not be stopped. */
  readonly mayPause: boolean
}

/** States of a running job over a cut of `minutes`; losses in chip-minutes for each minute of the cut. */
export function cutStates(job: RunningJob, minutes: number): CutJob {
  const top = job.levels[0]!.speed
  const capped = job.levels.map(({ watts, speed }, i) => ({
    name: i === 0 ? 'as it is' : `${watts} W`,
    kw: (job.chips * watts * job.pue) / 1000,
    loss: job.chips * (1 - speed / top),
  }))
  const thrownAway = (job.checkpointAge + job.restart) / minutes
  const paused: CutChoice = { name: 'paused', kw: 0, loss: job.chips * (1 + thrownAway) }
  return { job: job.job, choices: job.mayPause ? [...capped, paused] : capped }
}
