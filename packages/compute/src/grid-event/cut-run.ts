import { type Job, type Level, type Placement, type Site, SLOW_DOWN, type Snapshot } from '../model/snapshot.ts'
import { gangOf } from '../model/way.ts'

/** A level on a gang that a run may be put on; `speed` as a share of what was planned. */
export interface RunState {
  readonly level: Level
  readonly chips: number
  readonly speed: number
}

/** A job of a plan while an event is driven over it. Changed in place by `take`. */
export interface CutRun {
  readonly job: Job
  readonly placement: Placement
  /** Of the gang that was planned. */
  readonly chips: number
  /** Minutes of the day. */
  readonly from: number
  readonly to: number
  /** From the planned level down to the lowest power, on the planned gang and then on each smaller one. */
  readonly states: readonly RunState[]
  /** Planned speed as a share of the fastest level with all chips: what the floor of the tier is measured by. */
  readonly planned: number
  readonly floor: number
  /** Minutes that a pause throws away after so many minutes at work, coming back included; undefined where the job may not pause. */
  readonly pauseMinutes: ((worked: number) => number) | undefined
  /** Minutes that going back from a smaller gang to the planned one takes: a checkpoint written and read. */
  readonly growMinutes: number
  readonly kwOf: (state: Pick<RunState, 'level' | 'chips'>, minute: number) => number
  readonly plannedKw: (minute: number) => number
  /** Minutes that a pause within the event throws away at least; known once asked for. */
  leastThrown: number | undefined
  /** Power now, kW, and chips held; none while paused. */
  kw: number
  gang: number
  /** Minute in which it began or last came back: what it lost before is not lost twice, and checkpoints are counted anew. */
  since: number
  lowestWatts: number
  fewestChips: number
  minutesInEvent: number
  minutesCapped: number
  minutesShrunk: number
  minutesPaused: number
  /** Minutes at planned speed that were lost. */
  lostMinutes: number
}

/** Coming back from a checkpoint is assumed to take as long as writing it. Only a job with checkpoints is put on fewer chips. */
export function cutRuns(snapshot: Snapshot, placements: readonly Placement[], noticeMinutes: number): CutRun[] {
  const jobs = new Map(snapshot.jobs.map((job) => [job.name, job]))
  const sites = new Map(snapshot.sites.map((site) => [site.name, site]))
  return placements.map((placement) => {
    const [job, site] = [jobs.get(placement.job)!, sites.get(placement.site)!]
    return cutRunOf(snapshot, { job, site, placement, noticeMinutes })
  })
}

interface Placed {
  readonly job: Job
  readonly site: Site
  readonly placement: Placement
  readonly noticeMinutes: number
}

function cutRunOf(snapshot: Snapshot, { job, site, placement, noticeMinutes }: Placed): CutRun {
  const curve = snapshot.classes[job.class]![placement.chip]!
  const planned = curve[placement.level]!
  const own = gangOf(job, placement)
  const from = placement.start * snapshot.slotMinutes
  const kwOf: CutRun['kwOf'] = ({ level, chips }, minute) =>
    (chips * level.watts * site.pue[Math.floor(minute / snapshot.slotMinutes)]!) / 1000
  return {
    ...{ job, placement, chips: own.chips, from, to: from + placement.slots * snapshot.slotMinutes },
    states: statesOf(job, { curve, planned, own }),
    planned: (planned.speed * own.speed) / Math.max(...curve.map(({ speed }) => speed)),
    floor: 1 - SLOW_DOWN[job.tier],
    pauseMinutes: pauseMinutes(job, noticeMinutes),
    growMinutes: (2 * (job.checkpoint?.costSeconds ?? 0)) / 60,
    kwOf,
    plannedKw: (minute) => kwOf({ level: planned, chips: own.chips }, minute),
    ...{ leastThrown: undefined, kw: 0, gang: own.chips, since: from },
    ...{ lowestWatts: planned.watts, fewestChips: own.chips },
    ...{ minutesInEvent: 0, minutesCapped: 0, minutesShrunk: 0, minutesPaused: 0, lostMinutes: 0 },
  }
}

interface Planned {
  readonly curve: readonly Level[]
  readonly planned: Level
  readonly own: { readonly chips: number; readonly speed: number }
}

function statesOf(job: Job, { curve, planned, own }: Planned): RunState[] {
  const below = curve.filter(({ watts, speed }) => watts < planned.watts && speed <= planned.speed)
  const levels = [planned, ...below.sort((a, b) => b.watts - a.watts)]
  const smaller = job.checkpoint ? (job.gangs ?? []).filter(({ chips }) => chips < own.chips) : []
  return [own, ...smaller].flatMap(({ chips, speed }) =>
    levels.map((level) => ({ level, chips, speed: (level.speed / planned.speed) * (speed / own.speed) })),
  )
}

/** With notice enough to write a checkpoint just before, only writing and reading it is lost; else all since the last one. */
function pauseMinutes({ checkpoint }: Job, notice: number): CutRun['pauseMinutes'] {
  if (!checkpoint) return undefined
  const { everyMinutes, costSeconds } = checkpoint
  const cost = costSeconds / 60
  return (worked) => cost + (notice >= cost ? cost : worked % everyMinutes)
}

/** Minutes that going over to `chips` in a minute takes and throws away: to fewer, or to none, from the last checkpoint on. */
export function changeMinutes(run: CutRun, chips: number, minute: number): number {
  if (!run.pauseMinutes || chips === run.gang) return 0
  const thrown = chips < run.gang ? run.pauseMinutes(minute - run.since) : 0
  return chips > 0 && chips < run.chips ? thrown + run.growMinutes : thrown
}

/** Puts the run into a state for a minute, `undefined` being a pause; answers the chip-minutes that it loses. */
export function take(run: CutRun, state: RunState | undefined, minute: number): number {
  const chips = state?.chips ?? 0
  const lost = 1 - (state?.speed ?? 0) + changeMinutes(run, chips, minute)
  if (state && chips !== run.gang) run.since = minute
  run.gang = chips
  run.kw = state ? run.kwOf(state, minute) : 0
  run.lostMinutes += lost
  run.minutesInEvent += 1
  if (!state) run.minutesPaused += 1
  else note(run, state)
  return lost * run.chips
}

function note(run: CutRun, { level, chips }: RunState): void {
  if (level.watts < run.states[0]!.level.watts) run.minutesCapped += 1
  if (chips < run.chips) run.minutesShrunk += 1
  run.lowestWatts = Math.min(run.lowestWatts, level.watts)
  run.fewestChips = Math.min(run.fewestChips, chips)
}
