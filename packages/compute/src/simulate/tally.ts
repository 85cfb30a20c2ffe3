import type { Snapshot } from '../model/snapshot.ts'
import { delayRates } from '../model/terms.ts'
import { brokenChips, type Disturbance, type Limits, overrun } from './disturb.ts'
import type { Fleet, Live, Run } from './fleet.ts'

/** What a simulated stretch of time came to. Yuan follow the model: electricity, delay, and the value of what was missed. */
export interface Outcome {
  readonly arrived: number
  /** Ended before its deadline. */
  readonly served: number
  /** Could not be run, ran too late, or was refused. */
  readonly missed: number
  /** Neither, when the time was over. */
  readonly open: number
  readonly electricityYuan: number
  readonly delayYuan: number
  readonly unservedYuan: number
  readonly totalYuan: number
  readonly kwh: number
  readonly carbonKg: number
  /** Highest power of all sites together, kW at the meter. */
  readonly peakKw: number
  /** Slots in which a pool, a site or a feeder was above its limit. */
  readonly violations: number
  readonly interrupted: number
  readonly lostChipHours: number
  /** Chip-hours held as a share of all that were there. */
  readonly utilisation: number
  /** kW at the meter, by site and slot. */
  readonly kw: Float64Array
  /** Runs as they were, in order of their end, where a log was asked for. */
  readonly log: readonly LoggedRun[]
}

/** A stretch of a job on its chips; a job that was interrupted has several. `to` is the first slot after it. */
export interface LoggedRun {
  readonly job: string
  readonly site: string
  readonly chip: string
  readonly level: number
  readonly chips: number
  readonly kw: number
  readonly from: number
  readonly to: number
}

/** Sums that grow slot by slot. */
export interface Tally {
  readonly snapshot: Snapshot
  readonly kw: Float64Array
  readonly log: LoggedRun[] | undefined
  arrived: number
  served: number
  missed: number
  electricityYuan: number
  delayYuan: number
  unservedYuan: number
  kwh: number
  carbonKg: number
  peakKw: number
  violations: number
  interrupted: number
  lostChipHours: number
  usedChipHours: number
}

export function emptyTally(snapshot: Snapshot, log: boolean): Tally {
  const zero = { arrived: 0, served: 0, missed: 0, electricityYuan: 0, delayYuan: 0, unservedYuan: 0, kwh: 0 }
  const none = { carbonKg: 0, peakKw: 0, violations: 0, interrupted: 0, lostChipHours: 0, usedChipHours: 0 }
  const kw = new Float64Array(snapshot.sites.length * snapshot.slots)
  return { ...zero, ...none, snapshot, kw, log: log ? [] : undefined }
}

/** Counts one slot: energy at the meter, chips held, limits. */
export function countSlot(tally: Tally, fleet: Fleet, now: number, limits: Limits): void {
  const { sites, slots, slotMinutes } = fleet.snapshot
  const hours = slotMinutes / 60
  let all = 0
  for (const [row, site] of sites.entries()) {
    const kw = fleet.siteKw[row]! * site.pue[now]!
    tally.kw[row * slots + now] = kw
    tally.kwh += kw * hours
    tally.electricityYuan += kw * hours * site.yuanPerKwh[now]!
    tally.carbonKg += kw * hours * site.carbonKgPerKwh[now]!
    all += kw
  }
  tally.peakKw = Math.max(tally.peakKw, all)
  for (const chips of fleet.chipsUsed) tally.usedChipHours += chips * hours
  if (overrun(fleet, now, limits) >= 0 || crowded(fleet)) tally.violations += 1
}

function crowded(fleet: Fleet): boolean {
  return fleet.pools.some(({ pool }, row) => fleet.chipsUsed[row]! > pool.count - brokenChips(fleet, row))
}

/** A job that ended in time: what its owner waited for is charged by the slot. */
export function countServed(tally: Tally, { job, earliestEnd }: Live, end: number): void {
  tally.served += 1
  tally.delayYuan += delayRates(tally.snapshot, job).delay * Math.max(0, end - earliestEnd)
}

/** A job that nobody will see end in time. */
export function countMissed(tally: Tally, valueYuan: number): void {
  tally.missed += 1
  tally.unservedYuan += valueYuan
}

export function countDisturbance(tally: Tally, { interrupted, lostChipHours }: Disturbance): void {
  tally.interrupted += interrupted
  tally.lostChipHours += lostChipHours
}

export function logRun(tally: Tally, { view, placement }: Run, to: number): void {
  const { job, site, chip, chips, kw } = view
  tally.log?.push({ job, site, chip, level: placement.level, chips, kw, from: placement.start, to })
}

export function outcomeOf(tally: Tally): Outcome {
  const { snapshot, usedChipHours, log, ...sums } = tally
  const chips = snapshot.sites.flatMap((site) => site.pools).reduce((sum, pool) => sum + pool.count, 0)
  const there = (chips * snapshot.slots * snapshot.slotMinutes) / 60
  return {
    ...sums,
    open: sums.arrived - sums.served - sums.missed,
    totalYuan: sums.electricityYuan + sums.delayYuan + sums.unservedYuan,
    utilisation: there > 0 ? usedChipHours / there : 0,
    log: log ?? [],
  }
}
