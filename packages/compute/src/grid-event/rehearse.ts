import type { Rehearsal } from '@dengta/sdk'
import { planCut } from '../cut/cut.ts'
import type { Placement, Snapshot } from '../model/snapshot.ts'
import { leastChoices, nextChoices } from './cut-choices.ts'
import { type CutRun, cutRunOf, take } from './cut-run.ts'
import { gridEventErrors as errors } from './grid-event-errors.ts'
import { rehearsalText } from './rehearsal-text.ts'
import { touchedJob } from './touched-job.ts'

/** A request of the grid with its minutes counted from the start of the day. */
export interface EventRequest {
  readonly fromMinute: number
  readonly minutes: number
  /** Share of planned power to be given up, 0 to 1. */
  readonly depth: number
  readonly noticeMinutes: number
  readonly sites: readonly string[]
}

/** A rehearsal but for the names of plan and request; `job` is never empty here. */
export type Rehearsed = Omit<Rehearsal, 'plan' | 'request'>

/** Minutes shown before and after the event. */
const AROUND = 60

/**
 * Drives an event over a plan minute by minute: jobs of the plan keep their place, `planCut` chooses levels, gangs and pauses
 * within the target, and a job that the event would take below the floor of its tier is spared. Pure. Throws `grid_event.*` where the
 * request does not fit the day.
 */
export function rehearse(snapshot: Snapshot, placements: readonly Placement[], request: EventRequest): Rehearsed {
  checkRequest(snapshot, request)
  const event = { from: request.fromMinute, until: request.fromMinute + request.minutes }
  const from = Math.max(0, event.from - AROUND)
  const to = Math.min(snapshot.slots * snapshot.slotMinutes, event.until + AROUND)
  const runs = placements
    .filter(({ site, start, slots }) => request.sites.includes(site) && meets(snapshot, { start, slots }, from, to))
    .map((placement) => cutRunOf(snapshot, placement, request.noticeMinutes))
  const columns = emptyColumns(to - from)
  const sums = { minutesAbove: 0, chipsFreed: 0, avoidedKwh: 0, chipMinutes: 0, loss: 0, boundLoss: 0 }
  for (let minute = from; minute < to; minute += 1) {
    const now = runs.filter((run) => minute >= run.from && minute < run.to)
    const planned = now.reduce((sum, run) => sum + run.plannedKw(minute), 0)
    const target = planned * (1 - request.depth)
    const during = minute >= event.from && minute < event.until
    columns.plannedKw[minute - from] = planned
    if (during) driveMinute(now, { minute, target, event }, sums)
    const drawn = during ? now.reduce((sum, run) => sum + run.kw, 0) : planned
    columns.drawnKw[minute - from] = drawn
    columns.targetKw[minute - from] = during ? target : -1
    if (during) sums.avoidedKwh += (planned - drawn) / 60
  }
  return outcome(runs, sums, { firstMinute: from, minutes: columns })
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
  readonly target: number
  readonly event: { readonly from: number; readonly until: number }
}

function driveMinute(runs: readonly CutRun[], { minute, target, event }: Minute, sums: Sums): void {
  const cut = planCut(
    runs.map((run) => nextChoices(run, minute, event.until)),
    target,
  )
  sums.boundLoss += planCut(
    runs.map((run) => leastChoices(run, minute, event)),
    target,
  ).bound
  for (const [i, run] of runs.entries()) {
    sums.chipMinutes += run.chips
    sums.loss += take(run, run.states[cut.chosen[i]!], minute)
  }
  sums.chipsFreed = Math.max(sums.chipsFreed, freedBy(runs))
  if (!cut.withinTarget) sums.minutesAbove += 1
}

const freedBy = (runs: readonly CutRun[]): number =>
  runs.reduce((sum, { gang, chips }) => sum + (gang > 0 ? chips - gang : 0), 0)

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
