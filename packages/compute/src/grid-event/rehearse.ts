import type { Rehearsal } from '@dengta/sdk'
import { planCut } from '../cut/cut.ts'
import type { Placement, Snapshot } from '../model/snapshot.ts'
import { leastChoices, nextChoices } from './cut-choices.ts'
import { type CutRun, cutRuns, take } from './cut-run.ts'
import { gridEventErrors as errors } from './grid-event-errors.ts'
import { rehearsalText } from './rehearsal-text.ts'
import { touchedJob } from './touched-job.ts'

/** A request of the grid with its minutes counted from the start of the day. */
export interface EventRequest {
  readonly fromMinute: number
  readonly minutes: number
  /** Share of its planned power that each site gives up, 0 to 1. */
  readonly depth: number
  readonly noticeMinutes: number
  readonly sites: readonly string[]
}

/** A rehearsal but for the names of plan and request; `job` is never empty here. */
export type Rehearsed = Omit<Rehearsal, 'plan' | 'request'>

/** Minutes shown before and after the event. */
const AROUND = 60

/**
 * Drives an event over a plan minute by minute, each site for its own share, as it is held to it and paid for it: jobs of the plan
 * keep their place, `planCut` chooses levels, gangs and pauses within the target of the site, and a job that the event would take
 * below the floor of its tier is spared. Pure. Throws `grid_event.*` where the request does not fit the day.
 */
export function rehearse(snapshot: Snapshot, placements: readonly Placement[], request: EventRequest): Rehearsed {
  checkRequest(snapshot, request)
  const event = { from: request.fromMinute, until: request.fromMinute + request.minutes }
  const from = Math.max(0, event.from - AROUND)
  const to = Math.min(snapshot.slots * snapshot.slotMinutes, event.until + AROUND)
  const touched = placements.filter(
    ({ site, start, slots }) => request.sites.includes(site) && meets(snapshot, { start, slots }, from, to),
  )
  const runs = cutRuns(snapshot, touched, request.noticeMinutes)
  const sites = snapshot.sites.map(({ name }) => runs.filter(({ placement }) => placement.site === name))
  const columns = emptyColumns(to - from)
  const sums = { minutesAbove: 0, chipsFreed: 0, avoidedKwh: 0, chipMinutes: 0, loss: 0, boundLoss: 0 }
  for (let minute = from; minute < to; minute += 1) {
    const owed = sites.map((own) => owedBy(own, minute, request.depth))
    const planned = sum(owed, ({ plannedKw }) => plannedKw)
    const during = minute >= event.from && minute < event.until
    columns.plannedKw[minute - from] = planned
    if (during) driveMinute(owed, { minute, event }, sums)
    const drawn = during ? sum(owed, ({ runs: own }) => sum(own, ({ kw }) => kw)) : planned
    columns.drawnKw[minute - from] = drawn
    columns.targetKw[minute - from] = during ? sum(owed, ({ targetKw }) => targetKw) : -1
    if (during) sums.avoidedKwh += (planned - drawn) / 60
  }
  return outcome(runs, sums, { firstMinute: from, minutes: columns })
}

/** What runs at a site in a minute, what it was to draw, and what the event leaves it. */
interface Owed {
  readonly runs: readonly CutRun[]
  readonly plannedKw: number
  readonly targetKw: number
}

function owedBy(site: readonly CutRun[], minute: number, depth: number): Owed {
  const runs = site.filter((run) => minute >= run.from && minute < run.to)
  const plannedKw = sum(runs, (run) => run.plannedKw(minute))
  return { runs, plannedKw, targetKw: plannedKw * (1 - depth) }
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}

interface Sums {
  minutesAbove: number
  /** By smaller gangs, at the most in one minute. */
  chipsFreed: number
  avoidedKwh: number
  chipMinutes: number
  /** Chip-minutes not worked; the least that any choice of states loses. */
  loss: number
  boundLoss: number
}

interface Minute {
  readonly minute: number
  readonly event: { readonly from: number; readonly until: number }
}

function driveMinute(sites: readonly Owed[], now: Minute, sums: Sums): void {
  const kept = sites.map((site) => driveSite(site, now, sums))
  sums.chipsFreed = Math.max(
    sums.chipsFreed,
    sum(sites, ({ runs }) => freedBy(runs)),
  )
  if (kept.includes(false)) sums.minutesAbove += 1
}

/** False where even the lowest states of all jobs lie above the target of the site. */
function driveSite({ runs, targetKw }: Owed, { minute, event }: Minute, sums: Sums): boolean {
  const cut = planCut(
    runs.map((run) => nextChoices(run, minute, event.until)),
    targetKw,
  )
  sums.boundLoss += planCut(
    runs.map((run) => leastChoices(run, minute, event)),
    targetKw,
  ).bound
  for (const [i, run] of runs.entries()) {
    sums.chipMinutes += run.chips
    sums.loss += take(run, run.states[cut.chosen[i]!], minute)
  }
  return cut.withinTarget
}

const freedBy = (runs: readonly CutRun[]): number => sum(runs, ({ gang, chips }) => (gang > 0 ? chips - gang : 0))

function emptyColumns(minutes: number): Rehearsed['minutes'] {
  const zeros = (): number[] => Array(minutes).fill(0)
  return { plannedKw: zeros(), drawnKw: zeros(), targetKw: zeros() }
}

function outcome(runs: readonly CutRun[], sums: Sums, shown: Pick<Rehearsed, 'firstMinute' | 'minutes'>): Rehearsed {
  const { chipMinutes, loss, boundLoss, minutesAbove, chipsFreed, avoidedKwh } = sums
  const jobs = runs.map(touchedJob).filter((run) => run !== undefined)
  const share = (lost: number): number => (chipMinutes === 0 ? 1 : 1 - lost / chipMinutes)
  const found = {
    ...{ withinTarget: minutesAbove === 0, minutesAbove, avoidedKwh, weighted: share(loss), bound: share(boundLoss) },
    running: runs.filter(({ minutesInEvent }) => minutesInEvent > 0).length,
    chipsFreed,
    floorsKept: jobs.every((job) => job.floorKept),
    lostChipHours: loss / 60,
    jobs: jobs.sort((a, b) => b.lostChipHours - a.lostChipHours || (a.job < b.job ? -1 : 1)),
  }
  return { ...shown, ...found, text: rehearsalText(found) }
}

function checkRequest(snapshot: Snapshot, { fromMinute, minutes, sites }: EventRequest): void {
  const day = snapshot.slots * snapshot.slotMinutes
  if (fromMinute + minutes > day) throw errors.outside_day({ from: fromMinute, to: fromMinute + minutes, day })
  const known = new Set(snapshot.sites.map(({ name }) => name))
  const stranger = sites.find((name) => !known.has(name))
  if (stranger !== undefined) throw errors.no_site({ site: stranger, known: [...known].join(', ') })
}

function meets(
  { slotMinutes }: Snapshot,
  { start, slots }: { start: number; slots: number },
  from: number,
  to: number,
): boolean {
  return start * slotMinutes < to && (start + slots) * slotMinutes > from
}
