import type { Job, Site, Snapshot } from './snapshot.ts'
import type { Way } from './way.ts'

/** The goals of a plan, each in yuan and never mixed; their order is the order of importance. */
export interface Terms {
  /** Value of the jobs that the plan does not serve. */
  readonly unserved: number
  /** Waiting and running slowly, by each job's rate. */
  readonly delay: number
  /** Power that changes faster than a site promised. */
  readonly grid: number
  readonly electricity: number
  readonly demandCharge: number
  readonly carbon: number
  readonly fairness: number
  readonly moves: number
}

export function totalOf(terms: Terms): number {
  return Object.values(terms).reduce((sum, term) => sum + term, 0)
}

/** Yuan for one kW of chips (before PUE) through each slot. */
export function energyRates(snapshot: Snapshot, site: Site): { electricity: number[]; carbon: number[] } {
  const hours = snapshot.slotMinutes / 60
  const yuanPerKg = snapshot.weights.carbonYuanPerTonne / 1000
  return {
    electricity: site.yuanPerKwh.map((price, t) => price * site.pue[t]! * hours),
    carbon: site.carbonKgPerKwh.map((kg, t) => kg * yuanPerKg * site.pue[t]! * hours),
  }
}

/** Yuan for each slot that the job ends later than it could: its own rate, and what its participant is owed. */
export function delayRates(snapshot: Snapshot, job: Job): { delay: number; fairness: number } {
  const hours = snapshot.slotMinutes / 60
  const owed = shareOwed(snapshot, job.participant)
  return {
    delay: job.delayYuanPerHour * hours,
    fairness: owed * snapshot.weights.fairnessYuanPerChipHour * job.chips * hours,
  }
}

/** How far a participant has come below its share of all that was used, 0 to 1. */
function shareOwed(snapshot: Snapshot, name: string): number {
  const all = snapshot.participants
  const used = all.reduce((sum, each) => sum + each.usedChipHours, 0)
  const shares = all.reduce((sum, each) => sum + each.share, 0)
  const own = all.find((each) => each.name === name)
  if (!own || used === 0 || shares === 0) return 0
  return Math.max(0, own.share / shares - own.usedChipHours / used)
}

/** The slot before which the job could have ended on an empty machine. */
export function earliestEnd(job: Job, ways: readonly Way[]): number {
  return job.release + Math.min(...ways.map((way) => way.slots))
}

/** Moving away from where the last plan had put the job. */
export function moveYuan(snapshot: Snapshot, job: Job, way: Way): number {
  const stays = !job.before || (job.before.site === way.site.name && job.before.chip === way.pool.chip)
  return stays ? 0 : snapshot.weights.moveYuan
}

/** Least factor between what serving a job is worth and the dearest energy that could be spent on it. */
const SERVICE_FIRST = 3

/** What leaving the job out costs: its value, but never so little that saving energy could pay for it. */
export function unservedYuan(snapshot: Snapshot, job: Job, ways: readonly Way[]): number {
  return ways.reduce((most, way) => Math.max(most, SERVICE_FIRST * dearest(snapshot, way)), job.valueYuan)
}

function dearest(snapshot: Snapshot, way: Way): number {
  const { electricity, carbon } = energyRates(snapshot, way.site)
  const rate = electricity.reduce((most, yuan, t) => Math.max(most, yuan + carbon[t]!), 0)
  return way.kw * way.slots * rate
}

/** Power above the allowed change between neighbouring slots, summed, in yuan. `kw` is power at the meter by slot. */
export function rampYuan(snapshot: Snapshot, site: Site, kw: ArrayLike<number>): number {
  if (site.rampKw === undefined) return 0
  let excess = 0
  for (let t = 1; t < snapshot.slots; t += 1) excess += Math.max(0, Math.abs(kw[t]! - kw[t - 1]!) - site.rampKw)
  return excess * snapshot.weights.rampYuanPerKw
}

export function demandYuan(site: Site, kw: ArrayLike<number>): number {
  let peak = 0
  for (let t = 0; t < kw.length; t += 1) peak = Math.max(peak, kw[t]!)
  return site.demandYuanPerKw * Math.max(0, peak - site.billedPeakKw)
}
