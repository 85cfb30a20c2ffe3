import { z } from 'zod'
import { jobsOfTable } from './jobs-table.ts'

const TIME_FORM = 'write a time as HH:MM from the start of the horizon · 时间请写作 HH:MM，从计划期起点算起'
const time = z.string().regex(/^\d{1,4}:[0-5]\d$/, TIME_FORM)
const name = z.string().min(1).max(100)

/** Sums and products of numbers within these stay far from what a double can hold. */
const number = z.number().min(-1e9).max(1e9)
const amount = z.number().nonnegative().max(1e9)
/** A job that has started is worth a thousand times its value in a re-plan. */
const worth = z.number().nonnegative().max(1e15)
/** Power levels times gangs are the ways of a job: a plan and a cut look at every one. */
const MOST_GANGS = 16
/** The largest day that one planning thread has memory for. */
export const MOST_JOBS = 20_000
/** Sites, pools and feeders times slots: a small file with one number for all slots grows to this many values of each series. */
export const MOST_VALUES = 1_000_000

/** One number for all slots, one number a slot, or windows that cover the horizon. */
const series = z.union([number, z.array(number), z.array(z.strictObject({ from: time, to: time, value: number }))])

const tariff = z.strictObject({
  /** Yuan per kWh by the name of a period. */
  periods: z.record(z.string(), number),
  windows: z
    .array(z.strictObject({ from: time, to: time, period: z.string() }))
    .min(1)
    .optional(),
  /** Instead of windows: an area of `TARIFF_AREAS`, in Chinese or English, and a month. */
  area: name.optional(),
  month: z.int().min(1).max(12).optional(),
  demandYuanPerKw: amount.default(0),
  billedPeakKw: number.default(0),
})

/** One limit, or what is forecast of it: the most that is sure, what is expected, and the most that may come. */
const envelope = z.union([series, z.strictObject({ lowKw: series, expectedKw: series, highKw: series })])

const site = z.strictObject({
  site: name,
  feeder: name.optional(),
  pue: series,
  tariff,
  carbonKgPerKwh: series,
  envelopeKw: envelope,
  reserveKw: series.default(0),
  rampKw: number.optional(),
  pools: z
    .array(
      z.strictObject({
        chip: name,
        count: z.int().positive().max(1e6),
        nodeSize: z.int().positive().max(1e6).default(8),
        trust: name.default('open'),
      }),
    )
    .min(1),
})

const job = z.strictObject({
  job: name,
  participant: name,
  class: name,
  chips: z.int().positive().max(1e6),
  /** Fewer chips that it can run on too, and its speed there as a share of its speed on all its chips. */
  gangs: z
    .array(z.strictObject({ chips: z.int().positive().max(1e6), speed: z.number().gt(0).lt(1) }))
    .min(1)
    .max(MOST_GANGS)
    .optional(),
  hours: z.number().positive().max(1e6),
  release: time,
  deadline: time,
  tier: z.literal([0, 1, 2, 3]).default(1),
  checkpoint: z
    .strictObject({ everyMinutes: z.number().min(0.01).max(1e6), costSeconds: z.number().nonnegative().max(1e6) })
    .optional(),
  sites: z.array(name).min(1).optional(),
  chipTypes: z.array(name).min(1).optional(),
  trust: z.array(name).min(1).optional(),
  valueYuan: worth.optional(),
  delayYuanPerHour: worth.optional(),
  before: z.strictObject({ site: name, chip: name }).optional(),
})

/** The file that a person writes. Times are HH:MM from the start of the horizon, powers kW, prices yuan per kWh. */
export const snapshotFile = z.strictObject({
  snapshot: name,
  slotMinutes: z.int().positive().max(60).default(15),
  slots: z.int().positive().max(2976).default(96),
  /** Which edge of a forecast envelope the plan keeps to. */
  keepTo: z.enum(['low', 'expected', 'high']).default('low'),
  weights: z
    .strictObject({
      rampYuanPerKw: amount.default(50),
      carbonYuanPerTonne: amount.default(100),
      fairnessYuanPerChipHour: amount.default(0.1),
      moveYuan: amount.default(0.5),
    })
    .prefault({}),
  chips: z.array(name).min(1),
  classes: z.record(
    z.string(),
    z.record(z.string(), z.array(z.strictObject({ watts: number, speed: z.number().min(1e-6).max(1e6) })).min(1)),
  ),
  participants: z
    .array(
      z.strictObject({
        participant: name,
        share: amount.default(1),
        usedChipHours: amount.default(0),
        quotaChipHours: amount.optional(),
      }),
    )
    .min(1)
    .max(MOST_JOBS),
  feeders: z.array(z.strictObject({ feeder: name, parent: name.optional(), limitKw: series })).default([]),
  sites: z.array(site).min(1),
  /** A list, or a table as CSV text with the names of the fields on its first line. */
  jobs: z.preprocess(jobsOfTable, z.array(job).max(MOST_JOBS)),
})

export type SnapshotFile = z.infer<typeof snapshotFile>
export type SeriesInFile = z.infer<typeof series>
export type EnvelopeInFile = z.infer<typeof envelope>
