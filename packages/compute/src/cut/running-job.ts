import type { Gang, Level } from '../model/snapshot.ts'
import type { Cut, CutChoice, CutJob } from './cut.ts'

/** A job on its chips when the grid asks: its levels from the highest power down, and the age of its last checkpoint. */
export interface RunningJob {
  readonly job: string
  readonly chips: number
  readonly levels: readonly Level[]
  /** Fewer chips that it could go on with; speeds as a share of its speed on the chips it has now. */
  readonly gangs?: readonly Gang[] | undefined
  readonly pue: number
  /** Minutes of work that a pause would throw away. */
  readonly checkpointAge: number
  /** Minutes to come back from a checkpoint. */
  readonly restart: number
  /** False for work that may not be stopped; it cannot be put on fewer chips either. */
  readonly mayPause: boolean
}

/** A state and what the job is left with in it: chips, watts of each, and speed as a share of now; a pause leaves nothing. */
export interface RunningState extends CutChoice {
  readonly chips: number
  readonly watts: number
  readonly speed: number
}

export interface RunningCut extends CutJob {
  readonly choices: readonly RunningState[]
}

/**
 * States of a running job over a cut of `minutes`: every level on every gang, then off its chips. Losses in chip-minutes for
 * each minute of the cut. A smaller gang begins at the last checkpoint, and the whole gang again at one after the cut.
 */
export function cutStates(job: RunningJob, minutes: number): RunningCut {
  const top = job.levels[0]!.speed
  const away = (job.checkpointAge + job.restart) / minutes
  const gangs: Gang[] = [{ chips: job.chips, speed: 1 }, ...(job.mayPause ? (job.gangs ?? []) : [])]
  const choices = gangs.flatMap((gang) => {
    const whole = gang.chips === job.chips
    const resize = whole ? 0 : away + job.restart / minutes
    return job.levels.map(({ watts, speed: at }, i): RunningState => {
      const speed = (at / top) * gang.speed
      const kw = (gang.chips * watts * job.pue) / 1000
      return { name: nameOf(gang, watts, whole, i), kw, loss: job.chips * (1 - speed + resize), ...gang, watts, speed }
    })
  })
  const paused = { name: 'paused', kw: 0, loss: job.chips * (1 + away), chips: 0, watts: 0, speed: 0 }
  return { job: job.job, choices: job.mayPause ? [...choices, paused] : choices }
}

function nameOf({ chips }: Gang, watts: number, whole: boolean, level: number): string {
  if (whole) return level === 0 ? 'as it is' : `${watts} W`
  return level === 0 ? `${chips} chips` : `${chips} chips at ${watts} W`
}

/** Chips that a cut sets free for others. */
export function chipsFreed(jobs: readonly RunningCut[], { chosen }: Pick<Cut, 'chosen'>): number {
  return jobs.reduce((sum, { choices }, j) => sum + choices[0]!.chips - choices[chosen[j]!]!.chips, 0)
}
