import { canonicalJson, sha256Hex, utf8 } from '@dengta/kernel'

/** One value a slot. */
export type Series = readonly number[]

/** A measured point of a workload class on a chip: `watts` of one chip, `speed` as a share of the reference speed. */
export interface Level {
  readonly watts: number
  readonly speed: number
}

/** Chips of one type at a site; a gang above `nodeSize` takes whole nodes. */
export interface Pool {
  readonly chip: string
  readonly count: number
  readonly nodeSize: number
  readonly trust: string
}

/** What is forecast of a limit, kW: the most that is sure, what is expected, the most that may come. */
export interface Band {
  readonly lowKw: Series
  readonly expectedKw: Series
  readonly highKw: Series
}

/** A place with one meter. Powers in kW at the meter; `reserveKw` is kept free for demand response. */
export interface Site {
  readonly name: string
  readonly feeder?: string | undefined
  readonly pue: Series
  readonly yuanPerKwh: Series
  readonly carbonKgPerKwh: Series
  /** What the plan keeps to: the edge of `band` that the snapshot names, where there is a band. */
  readonly envelopeKw: Series
  readonly band?: Band | undefined
  readonly reserveKw: Series
  /** Largest wanted change of power from one slot to the next, kW. */
  readonly rampKw?: number | undefined
  /** Charge on the day's highest power above what the month has already been billed for. */
  readonly demandYuanPerKw: number
  readonly billedPeakKw: number
  readonly pools: readonly Pool[]
}

/** A limit that several sites or feeders share, kW at the meter. */
export interface Feeder {
  readonly name: string
  readonly parent?: string | undefined
  readonly limitKw: Series
}

/** Who asks for compute: the share it is due, what it has used, and what it may use in this horizon. */
export interface Participant {
  readonly name: string
  readonly share: number
  readonly usedChipHours: number
  readonly quotaChipHours?: number | undefined
}

export interface Placement {
  readonly job: string
  readonly site: string
  readonly chip: string
  /** Index of the level in the curve of the job's class on this chip. */
  readonly level: number
  readonly start: number
  /** Slots that the job holds its chips, the last one whole. */
  readonly slots: number
  /** Chips of a gang smaller than the job's own, one of its `gangs`; absent for the whole gang. */
  readonly chips?: number | undefined
}

/** Fewer chips that a job can also run on, and its measured speed there as a share of its speed on all its chips. */
export interface Gang {
  readonly chips: number
  readonly speed: number
}

/**
 * A gang of chips for a stretch of time. `hours` at speed 1; it may start in slot `release` and has ended before slot `deadline`.
 * Tiers 0 to 3 allow an average slow-down of 0, 10, 25 and 50 %.
 */
export interface Job {
  readonly name: string
  readonly participant: string
  readonly class: string
  readonly chips: number
  /** Smaller gangs, the largest first. */
  readonly gangs?: readonly Gang[] | undefined
  readonly hours: number
  readonly release: number
  readonly deadline: number
  readonly tier: Tier
  readonly checkpoint?: Checkpoint | undefined
  readonly sites?: readonly string[] | undefined
  readonly chipTypes?: readonly string[] | undefined
  readonly trust?: readonly string[] | undefined
  readonly valueYuan: number
  readonly delayYuanPerHour: number
  /** Where the plan before this one had put it. */
  readonly before?: { readonly site: string; readonly chip: string } | undefined
}

export type Tier = 0 | 1 | 2 | 3

export interface Checkpoint {
  readonly everyMinutes: number
  readonly costSeconds: number
}

/** What the softer goals weigh, in yuan. */
export interface Weights {
  readonly rampYuanPerKw: number
  readonly carbonYuanPerTonne: number
  readonly fairnessYuanPerChipHour: number
  readonly moveYuan: number
}

export type Edge = 'low' | 'expected' | 'high'

/** Everything that a plan depends on. The planner sees nothing else. */
export interface Snapshot {
  readonly name: string
  readonly slotMinutes: number
  readonly slots: number
  /** Which edge of a forecast envelope the plan keeps to; the low one unless stated. */
  readonly keepTo?: Edge | undefined
  readonly weights: Weights
  readonly participants: readonly Participant[]
  /** Workload class, then chip, then levels. */
  readonly classes: Readonly<Record<string, Readonly<Record<string, readonly Level[]>>>>
  readonly feeders: readonly Feeder[]
  readonly sites: readonly Site[]
  readonly jobs: readonly Job[]
}

/** Allowed average slow-down by tier. */
export const SLOW_DOWN: Readonly<Record<Tier, number>> = { 0: 0, 1: 0.1, 2: 0.25, 3: 0.5 }

/** The name of a snapshot: SHA-256 of its canonical JSON. */
export function snapshotDigest(snapshot: Snapshot): string {
  return sha256Hex(utf8(canonicalJson(snapshot)))
}
