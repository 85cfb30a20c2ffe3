import type { Rehearsal } from '@dengta/sdk'
import type { CutChoice, CutJob } from '../cut/cut.ts'
import { type Job, type Level, type Placement, SLOW_DOWN, type Snapshot } from '../model/snapshot.ts'

/** A job of a plan while an event is driven over it. Changed in place by `take`. */
export interface CutRun {
  readonly job: Job
  readonly placement: Placement
  readonly chips: number
  /** Minutes of the day. */
  readonly from: number
  readonly to: number
  /** From the planned level down to the lowest power. */
  readonly levels: readonly Level[]
  /** Speed of the fastest level of the class on this chip: what the floor of the tier is measured by. */
  readonly fastest: number
  readonly floor: number
  /** Minutes that a pause throws away after so many minutes at work, coming back included; undefined where the job may not pause. */
  readonly pauseMinutes: ((worked: number) => number) | undefined
  readonly kwOf: (level: Level, minute: number) => number
  readonly plannedKw: (minute: number) => number
  /** Minutes that a pause within the event throws away at least; known once asked for. */
  leastThrown: number | undefined
  /** Power now, kW. */
  kw: number
  paused: boolean
  /** Minute in which it began or last came back: what it lost before is not lost twice, and checkpoints are counted anew. */
  since: number
  lowestWatts: number
  minutesInEvent: number
  minutesCapped: number
  minutesPaused: number
  /** Minutes at planned speed that were lost. */
  lostMinutes: number
}

/** Coming back from a checkpoint is assumed to take as long as writing it. */
export function cutRunOf(snapshot: Snapshot, placement: Placement, noticeMinutes: number): CutRun {
  const job = snapshot.jobs.find(({ name }) => name === placement.job)!
  const site = snapshot.sites.find(({ name }) => name === placement.site)!
  const curve = snapshot.classes[job.class]![placement.chip]!
  const planned = curve[placement.level]!
  const below = curve.filter(({ watts, speed }) => watts < planned.watts && speed <= planned.speed)
  const from = placement.start * snapshot.slotMinutes
  const kwOf = ({ watts }: Level, minute: number): number =>
    (job.chips * watts * site.pue[Math.floor(minute / snapshot.slotMinutes)]!) / 1000
  return {
    ...{ job, placement, chips: job.chips, from, to: from + placement.slots * snapshot.slotMinutes },
    levels: [planned, ...below.sort((a, b) => b.watts - a.watts)],
    fastest: Math.max(...curve.map(({ speed }) => speed)),
    floor: 1 - SLOW_DOWN[job.tier],
    pauseMinutes: pauseMinutes(job, noticeMinutes),
    kwOf,
    plannedKw: (minute) => kwOf(planned, minute),
    ...{ leastThrown: undefined, kw: 0, paused: false, since: from, lowestWatts: planned.watts },
    ...{ minutesInEvent: 0, minutesCapped: 0, minutesPaused: 0, lostMinutes: 0 },
  }
}

/** With notice enough to write a checkpoint just before, only writing and reading it is lost; else all since the last one. */
function pauseMinutes({ checkpoint }: Job, notice: number): CutRun['pauseMinutes'] {
  if (!checkpoint) return undefined
  const { everyMinutes, costSeconds } = checkpoint
  const cost = costSeconds / 60
  return (worked) => cost + (notice >= cost ? cost : worked % everyMinutes)
}

/** What a state that would take a job below its floor asks for, times its true loss. */
const SPARED = 100

/**
 * States of the next minute and what each loses in chip-minutes. One that breaks the floor if it is kept to the end of the event
 * asks a hundred times as much from the start; a job that is below already is spared no longer, so that no other follows it.
 */
export function nextChoices(run: CutRun, minute: number, until: number): CutJob {
  const thrown = run.paused || !run.pauseMinutes ? 0 : run.pauseMinutes(minute - run.since)
  const left = allowance(run) - run.lostMinutes
  const rest = Math.min(until, run.to) - minute
  const spared = choices(run, minute, 1 + thrown / rest).map((choice) => {
    const minutes = (rest * choice.loss) / run.chips
    return left >= 0 && minutes > left ? { ...choice, loss: choice.loss * SPARED } : choice
  })
  return { job: run.job.name, choices: spared }
}

/**
 * States that lose no more than any run can: a pause throws away the least of any minute of the event, once, spread over all
 * minutes that the job is in the event.
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
  return { job: run.job.name, choices: choices(run, minute, 1 + run.leastThrown / minutes) }
}

function choices(run: CutRun, minute: number, pauseLoss: number): CutChoice[] {
  const top = run.levels[0]!.speed
  const capped = run.levels.map((level) => ({
    name: `${level.watts} W`,
    kw: run.kwOf(level, minute),
    loss: run.chips * (1 - level.speed / top),
  }))
  return run.pauseMinutes ? [...capped, { name: 'paused', kw: 0, loss: run.chips * pauseLoss }] : capped
}

/** Minutes at planned speed that the tier lets the whole run lose. */
function allowance(run: CutRun): number {
  const planned = run.levels[0]!.speed / run.fastest
  return Math.max(0, ((planned - run.floor) / planned) * (run.to - run.from))
}

/** Puts the run into a state for a minute; answers the chip-minutes that it loses, a begun pause with all it throws away. */
export function take(run: CutRun, chosen: number, minute: number): number {
  const level = run.levels[chosen]
  const begun = !level && !run.paused
  const lost = level ? 1 - level.speed / run.levels[0]!.speed : 1 + (begun ? run.pauseMinutes!(minute - run.since) : 0)
  run.minutesInEvent += 1
  if (run.paused && level) run.since = minute
  run.paused = !level
  run.kw = level ? run.kwOf(level, minute) : 0
  run.lostMinutes += lost
  if (!level) run.minutesPaused += 1
  else if (chosen > 0) run.minutesCapped += 1
  if (level) run.lowestWatts = Math.min(run.lowestWatts, level.watts)
  return lost * run.chips
}

export const eventJob = (run: CutRun): boolean => run.minutesInEvent > 0

/** What the event did to the run; undefined where it did nothing. */
export function ended(run: CutRun): Rehearsal['jobs'][number] | undefined {
  const { job, placement, minutesCapped, minutesPaused, lowestWatts, lostMinutes, floor, chips } = run
  if (minutesCapped + minutesPaused === 0) return undefined
  const planned = run.levels[0]!.speed / run.fastest
  const performance = Math.max(0, planned * (1 - lostMinutes / (run.to - run.from)))
  return {
    ...{
      job: job.name,
      participant: job.participant,
      site: placement.site,
      chip: placement.chip,
      chips,
      tier: job.tier,
    },
    action: minutesPaused === 0 ? 'capped' : minutesCapped === 0 ? 'paused' : 'capped and paused',
    ...{ minutesCapped, minutesPaused, lowestWatts, performance, floor },
    lostChipHours: (lostMinutes * chips) / 60,
    floorKept: performance >= floor - 1e-9,
  }
}
