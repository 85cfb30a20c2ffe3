import { z } from 'zod'

const time = z.string().regex(/^\d{1,3}:[0-5]\d$/, 'write a time as HH:MM from the start of the horizon')
const name = z.string().min(1).max(100)

/** One number for all slots, one number a slot, or windows that cover the horizon. */
const series = z.union([
  z.number(),
  z.array(z.number()),
  z.array(z.strictObject({ from: time, to: time, value: z.number() })),
])

const tariff = z.strictObject({
  /** Yuan per kWh by the name of a period. */
  periods: z.record(z.string(), z.number()),
  windows: z.array(z.strictObject({ from: time, to: time, period: z.string() })).min(1),
  demandYuanPerKw: z.number().default(0),
  billedPeakKw: z.number().default(0),
})

const site = z.strictObject({
  site: name,
  feeder: name.optional(),
  pue: series,
  tariff,
  carbonKgPerKwh: series,
  envelopeKw: series,
  reserveKw: series.default(0),
  rampKw: z.number().optional(),
  pools: z
    .array(
      z.strictObject({
        chip: name,
        count: z.int().positive(),
        nodeSize: z.int().positive().default(8),
        trust: name.default('open'),
      }),
    )
    .min(1),
})

const job = z.strictObject({
  job: name,
  participant: name,
  class: name,
  chips: z.int().positive(),
  hours: z.number().positive(),
  release: time,
  deadline: time,
  tier: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]).default(1),
  checkpoint: z.strictObject({ everyMinutes: z.number().positive(), costSeconds: z.number().nonnegative() }).optional(),
  sites: z.array(name).min(1).optional(),
  chipTypes: z.array(name).min(1).optional(),
  trust: z.array(name).min(1).optional(),
  valueYuan: z.number().nonnegative().optional(),
  delayYuanPerHour: z.number().nonnegative().optional(),
  before: z.strictObject({ site: name, chip: name }).optional(),
})

/** The file that a person writes. Times are HH:MM from the start of the horizon, powers kW, prices yuan per kWh. */
export const snapshotFile = z.strictObject({
  snapshot: name,
  slotMinutes: z.int().positive().max(60).default(15),
  slots: z.int().positive().max(2976).default(96),
  weights: z
    .strictObject({
      rampYuanPerKw: z.number().nonnegative().default(50),
      carbonYuanPerTonne: z.number().nonnegative().default(100),
      fairnessYuanPerChipHour: z.number().nonnegative().default(0.1),
      moveYuan: z.number().nonnegative().default(0.5),
    })
    .prefault({}),
  chips: z.array(name).min(1),
  classes: z.record(
    z.string(),
    z.record(z.string(), z.array(z.strictObject({ watts: z.number(), speed: z.number().positive() })).min(1)),
  ),
  participants: z
    .array(
      z.strictObject({
        participant: name,
        share: z.number().nonnegative().default(1),
        usedChipHours: z.number().nonnegative().default(0),
        quotaChipHours: z.number().nonnegative().optional(),
      }),
    )
    .min(1),
  feeders: z.array(z.strictObject({ feeder: name, parent: name.optional(), limitKw: series })).default([]),
  sites: z.array(site).min(1),
  jobs: z.array(job),
})

export type SnapshotFile = z.infer<typeof snapshotFile>
export type SeriesInFile = z.infer<typeof series>
