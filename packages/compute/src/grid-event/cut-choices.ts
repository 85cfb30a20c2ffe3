import type { CutJob } from '../cut/cut.ts'
import { type CutRun, changeMinutes } from './cut-run.ts'

/** What a state that would take a job below its floor asks for, times its true loss. */
const SPARED = 100

/**
 * States of the next minute and what each loses in chip-minutes. One that breaks the floor if it is kept to the end of the event
 * asks a hundred times as much from the start; a job that is below already is spared no longer, so that no other follows it.
 */
export function nextChoices(run: CutRun, minute: number, until: number): CutJob {
  const left = allowance(run) - run.lostMinutes
  const rest = Math.min(until, run.to) - minute
  const loss = (speed: number, chips: number): number => {
    const lost = 1 - speed + changeMinutes(run, chips, minute) / rest
    return run.chips * lost * (left >= 0 && rest * lost > left ? SPARED : 1)
  }
  return choices(run, minute, loss)
}

/**
 * States that lose no more than any run can: going off the planned gang throws away the least of any minute of the event, once,
 * spread over all minutes that the job is in the event.
 */
export function leastChoices(
  run: CutRun,
  minute: number,
  event: { readonly from: number; readonly until: number },
): CutJob {
  const first = Math.max(event.from, run.from)
  const minutes = Math.min(event.until, run.to) - first
  run.leastThrown ??= run.pauseMinutes
    ? Math.min(...Array.from({ length: minutes }, (_, i) => run.pauseMinutes!(first + i - run.from)))
    : 0
  const thrown = run.leastThrown / minutes
  return choices(run, minute, (speed, chips) => run.chips * (1 - speed + (chips < run.chips ? thrown : 0)))
}

/** A choice for each state of the run, and last a pause where it may pause. */
function choices(run: CutRun, minute: number, loss: (speed: number, chips: number) => number): CutJob {
  const running = run.states.map((state) => ({
    name: `${state.chips} x ${state.level.watts} W`,
    kw: run.kwOf(state, minute),
    loss: loss(state.speed, state.chips),
  }))
  const paused = { name: 'paused', kw: 0, loss: loss(0, 0) }
  return { job: run.job.name, choices: run.pauseMinutes ? [...running, paused] : running }
}

/** Minutes at planned speed that the tier lets the whole run lose. */
function allowance({ planned, floor, from, to }: CutRun): number {
  return Math.max(0, ((planned - floor) / planned) * (to - from))
}
