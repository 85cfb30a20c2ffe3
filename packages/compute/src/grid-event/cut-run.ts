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
  /** Minutes thrown away by a pause in this minute, coming back included; undefined where the job may not pause. */
  readonly pauseMinutes: ((minute: number) => number) | undefined
  readonly kwOf: (level: Level, minute: number) => number
  readonly plannedKw: (minute: number) => number
  /** Power now, kW. */
  kw: number
  paused: boolean
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
    pauseMinutes: pauseMinutes(job, from, noticeMinutes),
    kwOf,
    plannedKw: (minute) => kwOf(planned, minute),
    ...{ kw: 0, paused: false, lowestWatts: planned.watts },
    ...{ minutesInEvent: 0, minutesCapped: 0, minutesPaused: 0, lostMinutes: 0 },
  }
}

/** With notice enough to write a checkpoint just before, only writing and reading it is lost; else all since the last one. */
function pauseMinutes({ checkpoint }: Job, from: number, notice: number): CutRun['pauseMinutes'] {
  if (!checkpoint) return undefined
  const { everyMinutes, costSeconds } = checkpoint
  const cost = costSeconds / 60
  return (minute) => cost + (notice >= cost ? cost : Math.min(minute - from, (minute - from) % everyMinutes))
}

/** What a state that would take a job below its floor asks for, times its true loss. */
const SPARED = 100

/** States of the next minute and what each loses in chip-minutes; one that breaks the floor asks a hundred times as much. */
export function nextChoices(run: CutRun, minute: number, until: number): CutJob {
  const thrown = run.paused || !run.pauseMinutes ? 0 : run.pauseMinutes(minute)
  const left = allowance(run) - run.lostMinutes
  const spread = thrown / (Math.min(until, run.to) - minute)
  const spared = choices(run, minute, 1 + spread).map((choice, i) => {
    const minutes = i < run.levels.length ? choice.loss / run.chips : 1 + thrown
    return minutes > 0 && minutes > left ? { ...choice, loss: choice.loss * SPARED } : choice
  })
  return { job: run.job.name, choices: spared }
}

/** The same as if pausing threw nothing away: what no run can beat. */
export const freeChoices = (run: CutRun, minute: number): CutJob => ({
  job: run.job.name,
  choices: choices(run, minute, 1),
})

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
  const lost = level ? 1 - level.speed / run.levels[0]!.speed : 1 + (begun ? run.pauseMinutes!(minute) : 0)
  run.minutesInEvent += 1
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
