import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Job, Level, Site, Snapshot } from '@dengta/compute'
import { type Random, seededRandom, uniform } from '@dengta/statistics'
import { readCsv } from './grid-data.ts'

const SLOTS = 96
const HOURS = 0.25
const YUAN_PER_CHIP_HOUR = 6
const PRICE_RATIO: Readonly<Record<string, number>> = { S: 1.8, P: 1.5, F: 1, V: 0.5, D: 0.3, '.': 1 }

/** Measured on A100 (emerald/dvfs_sweep.csv): watts drawn and share of full throughput. */
export const CLASSES = {
  finetune: curve([345, 1], [288, 0.945], [196, 0.79]),
  pretrain: curve([382, 1], [290, 0.866], [196, 0.63]),
}

/** Area, load column, flat price (assumed), PUE (assumed), share of all chips by pool. */
const PLACES = [
  { area: '蒙西', name: 'mengxi', load: 'NM', flat: 0.4, pue: 1.2, pools: [0.3] },
  { area: '宁夏', name: 'ningxia', load: 'NX', flat: 0.42, pue: 1.18, pools: [0.25] },
  { area: '贵州', name: 'guizhou', load: 'GZ', flat: 0.45, pue: 1.22, pools: [0.2] },
  { area: '冀北', name: 'jibei', load: 'HE', flat: 0.55, pue: 1.28, pools: [0.15, 0.1] },
] as const

export interface TraceDayOptions {
  readonly jobs: number
  readonly seed: number
  /** Energy asked for at full power as a share of all envelopes. */
  readonly load: number
  /** Which days; those of few, long jobs unless said. */
  readonly family?: DayFamily | undefined
}

/** What a kind of days draws its jobs from, and how many slots a job that is not urgent may wait. */
export interface DayFamily {
  readonly rows: (folder: string) => readonly TraceRow[]
  readonly waitSlots: (slots: number, random: Random) => number
}

/** Jobs of 15 minutes to 12 hours as they are; the longer a job, the longer it may wait. Harder than the reference's days. */
const LONG_JOBS: DayFamily = {
  rows: (folder) => traceRows(folder),
  waitSlots: (slots, random) => Math.ceil(slots * (2 + 4 * uniform(random))) + 4 - slots,
}

/** A July day on four Chinese sites with real job lengths, sizes and times of day (Philly); prices and PUE are assumed. */
export function traceDay(folder: string, { jobs: count, seed, load, family }: TraceDayOptions): Snapshot {
  const random = seededRandom(seed)
  const jobs = drawJobs(folder, { count, family: family ?? LONG_JOBS }, random)
  return {
    name: `trace-${count}-${seed}`,
    slotMinutes: 15,
    slots: SLOTS,
    weights: { rampYuanPerKw: 50, carbonYuanPerTonne: 0, fairnessYuanPerChipHour: 0, moveYuan: 0.5 },
    participants: [{ name: 'all', share: 1, usedChipHours: 0 }],
    classes: CLASSES,
    feeders: [],
    sites: sitesFor(folder, chipsFor(folder, jobs, load)),
    jobs,
  }
}

function curve(...points: readonly (readonly [watts: number, speed: number])[]): Record<string, Level[]> {
  const levels = points.map(([watts, speed]) => ({ watts, speed }))
  return { a100: levels, 'a100-40g': levels }
}

export interface TraceRow {
  readonly hours: number
  readonly chips: number
  readonly slot: number
}

/** Jobs of 15 minutes to `mostHours` on up to `mostChips` chips, with the slot of the day in which they came. */
export function traceRows(folder: string, mostHours = 12, mostChips = 8): TraceRow[] {
  return readCsv(join(folder, 'philly/philly.csv'))
    .map((row) => ({
      hours: Number(row.duration) / 3600,
      chips: Number(row.num_gpus),
      slot: Math.floor((Number(row.timestamp!.slice(11, 13)) * 60 + Number(row.timestamp!.slice(14, 16))) / 15),
    }))
    .filter((row) => row.hours >= 0.25 && row.hours <= mostHours && row.chips >= 1 && row.chips <= mostChips)
}

interface Draw {
  readonly count: number
  readonly family: DayFamily
}

function drawJobs(folder: string, { count, family }: Draw, random: Random): Job[] {
  const rows = family.rows(folder)
  const single = rows.filter((row) => row.chips === 1)
  const gang = rows.filter((row) => row.chips > 1)
  return Array.from({ length: count }, (_, i) => {
    const from = uniform(random) < 0.3 ? gang : single
    return jobOf(i, { row: from[random() % from.length]!, family }, random)
  })
}

interface Drawn {
  readonly row: TraceRow
  readonly family: DayFamily
}

function jobOf(i: number, { row: { hours, chips, slot }, family }: Drawn, random: Random): Job {
  const urgent = uniform(random) < 0.3
  const slots = Math.ceil(hours / HOURS)
  const window = urgent ? Math.ceil(slots * 1.3) + 1 : slots + family.waitSlots(slots, random)
  const release = Math.max(0, Math.min(slot, SLOTS - Math.ceil(slots * 1.3) - 1))
  const pinned = uniform(random) < 0.35
  return {
    name: `job-${i}`,
    participant: 'all',
    class: uniform(random) < 0.5 ? 'finetune' : 'pretrain',
    chips,
    hours,
    release,
    deadline: Math.min(SLOTS, release + window),
    tier: 3,
    sites: pinned ? [drawPlace(random)] : undefined,
    valueYuan: YUAN_PER_CHIP_HOUR * chips * hours,
    delayYuanPerHour: YUAN_PER_CHIP_HOUR * chips * (urgent ? 0.02 : 0.003),
  }
}

/** A site, as likely as it is large. */
export function drawPlace(random: Random): string {
  let left = uniform(random)
  const place = PLACES.find(({ pools }) => {
    left -= (pools as readonly number[]).reduce((a, b) => a + b, 0)
    return left < 0
  })
  return (place ?? PLACES[0]).name
}

/** Chips such that the jobs at full power ask for `load` of the energy under the envelopes. */
function chipsFor(folder: string, jobs: readonly Job[], load: number): number {
  const asked = jobs.reduce((sum, job) => sum + job.chips * job.hours * CLASSES.finetune.a100![0]!.watts, 0) / 1000
  const share = PLACES.reduce((sum, place) => {
    const pools: readonly number[] = place.pools
    const part = pools.reduce((a, b) => a + b, 0)
    const mean = headroomShape(folder, place.load).reduce((a, b) => a + b, 0) / SLOTS
    return sum + part * mean
  }, 0)
  return asked / load / (24 * share * (CLASSES.pretrain.a100![0]!.watts / 1000))
}

/** The four sites with so many chips altogether. */
export function sitesFor(folder: string, chips: number): Site[] {
  const windows = JSON.parse(readFileSync(join(folder, 'china_tou/tou_windows_2026_02.json'), 'utf8')) as {
    provinces: Record<string, { months: Record<string, string> }>
  }
  return PLACES.map(({ area, name, load, flat, pue, pools }) => {
    const sizes = pools.map((share) => Math.max(8, Math.round(chips * share)))
    const full = sizes.reduce((a, b) => a + b, 0) * (CLASSES.pretrain.a100![0]!.watts / 1000) * pue
    const letters = Object.entries(windows.provinces).find(([key]) => key.includes(area))![1].months['7']!
    return {
      name,
      pue: Array(SLOTS).fill(pue),
      yuanPerKwh: [...letters].map((letter) => flat * PRICE_RATIO[letter]!),
      carbonKgPerKwh: Array(SLOTS).fill(0.58),
      envelopeKw: headroomShape(folder, load).map((share) => share * full),
      reserveKw: Array(SLOTS).fill(0),
      demandYuanPerKw: 0,
      billedPeakKw: 0,
      pools: sizes.map((count, i) => ({ chip: i === 0 ? 'a100' : 'a100-40g', count, nodeSize: 8, trust: 'open' })),
    }
  })
}

/** 60 to 100 % of full power, least when the province uses most (15 July of the load file). */
function headroomShape(folder: string, column: string): number[] {
  const hours = readCsv(join(folder, 'china_load/hourly_demand_31_provinces.csv'))
    .slice(195 * 24, 196 * 24)
    .map((row) => Number(row[column]))
  const low = Math.min(...hours)
  const high = Math.max(...hours)
  return Array.from({ length: SLOTS }, (_, t) => 1 - (0.4 * (hours[Math.floor(t / 4)]! - low)) / (high - low))
}
