import type { Arrival, EnvelopeChange, Job, Series, Site, World } from '@dengta/compute'
import { type Random, seededRandom, uniform } from '@dengta/statistics'
import { CLASSES, drawPlace, sitesFor, type TraceRow, traceRows } from './trace-day.ts'

const DAYS = 30
const DAY = 96
const SLOTS = DAYS * DAY
const MOST_HOURS = 24
const MOST_CHIPS = 64
/** Cuts of a site to 60 % of its envelope for three hours, told one hour before. */
const CUTS = 12
const CUT = { share: 0.6, slots: 12, notice: 4 }

export interface TraceMonthOptions {
  readonly chips: number
  readonly seed: number
  /** Chip-hours asked for at full power as a share of those there. */
  readonly load: number
}

/**
 * Thirty July days on the four sites: sizes, lengths and times of day of the trace, nodes that break, grid cuts with an hour's
 * notice. Jobs are made as their slot comes, so a month of them never lies in memory. One use: its random numbers run on.
 */
export function traceMonth(folder: string, { chips, seed, load }: TraceMonthOptions): World {
  const random = seededRandom(seed)
  const sites = sitesFor(folder, chips).map(monthly)
  const rows = traceRows(folder, MOST_HOURS, MOST_CHIPS)
  const single = rows.filter((row) => row.chips === 1)
  const gang = rows.filter((row) => row.chips > 1)
  const mean = 0.7 * meanChipHours(single) + 0.3 * meanChipHours(gang)
  const aDay = (load * chips * 24) / mean
  const shape = Float64Array.from({ length: DAY }, (_, t) => rows.filter((row) => row.slot === t).length / rows.length)
  let made = 0
  const next = (slot: number): Arrival => {
    const from = uniform(random) < 0.3 ? gang : single
    made += 1
    return arrivalOf(`job-${made}`, from[random() % from.length]!, { slot, random })
  }
  return {
    snapshot: {
      name: `month-${chips}-${seed}`,
      slotMinutes: 15,
      slots: SLOTS,
      weights: { rampYuanPerKw: 0, carbonYuanPerTonne: 0, fairnessYuanPerChipHour: 0, moveYuan: 0 },
      participants: [{ name: 'all', share: 1, usedChipHours: 0 }],
      classes: CLASSES,
      feeders: [],
      sites,
      jobs: [],
    },
    arrivals: (slot) => {
      const count = Math.floor(aDay * shape[slot % DAY]! + uniform(random))
      return Array.from({ length: count }, () => next(slot))
    },
    changes: cuts(sites, seededRandom(seed + 1)),
    failures: { nodeHours: 10_000, repairHours: 4 },
  }
}

function monthly(site: Site): Site {
  const repeat = (series: Series): number[] => Array.from({ length: DAYS }, () => series).flat()
  return {
    ...site,
    pue: repeat(site.pue),
    yuanPerKwh: repeat(site.yuanPerKwh),
    carbonKgPerKwh: repeat(site.carbonKgPerKwh),
    envelopeKw: repeat(site.envelopeKw),
    reserveKw: repeat(site.reserveKw),
  }
}

function meanChipHours(rows: readonly TraceRow[]): number {
  return rows.reduce((sum, { hours, chips }) => sum + hours * chips, 0) / rows.length
}

function arrivalOf(name: string, row: TraceRow, { slot, random }: { slot: number; random: Random }): Arrival {
  const urgent = uniform(random) < 0.3
  const slots = Math.ceil(row.hours * 4)
  const window = urgent ? Math.ceil(slots * 1.3) + 1 : Math.ceil(slots * (2 + 4 * uniform(random))) + 4
  const job: Job = {
    name,
    participant: 'all',
    class: uniform(random) < 0.5 ? 'finetune' : 'pretrain',
    chips: row.chips,
    hours: row.hours,
    release: slot,
    deadline: slot + window,
    tier: 3,
    checkpoint: { everyMinutes: 30, costSeconds: 30 },
    sites: uniform(random) < 0.35 ? [drawPlace(random)] : undefined,
    valueYuan: 6 * row.chips * row.hours,
    delayYuanPerHour: 6 * row.chips * (urgent ? 0.02 : 0.003),
  }
  return { job, trueHours: row.hours }
}

function cuts(sites: readonly Site[], random: Random): EnvelopeChange[] {
  return Array.from({ length: CUTS }, () => {
    const site = sites[random() % sites.length]!
    const from = CUT.notice + (random() % (SLOTS - CUT.notice - CUT.slots))
    const kw = site.envelopeKw[from]! * CUT.share
    return { announced: from - CUT.notice, site: site.name, from, to: from + CUT.slots, kw }
  })
}
