import { z } from 'zod'

/** One value a slot. */
const series = z.array(z.number())
const counts = z.array(z.number().int())

/** Chips of one type at a site, by slot. */
const poolSeries = z.object({
  chip: z.string(),
  trust: z.string(),
  count: z.number().int(),
  used: counts,
  /** Yuan that one more chip-hour would be worth. */
  shadowYuanPerChipHour: series,
})

/** One site by slot. Powers in kW at the meter. */
const siteSeries = z.object({
  site: z.string(),
  feeder: z.string().optional(),
  envelopeKw: series,
  /** Where the envelope is a forecast: its edges; `envelopeKw` is the one that the plan keeps to. */
  band: z.object({ lowKw: series, expectedKw: series, highKw: series }).optional(),
  /** Kept free for the grid: planned power stays below envelope - reserve. */
  reserveKw: series,
  plannedKw: series,
  yuanPerKwh: series,
  carbonKgPerKwh: series,
  pue: series,
  /** Yuan that one more MW through one hour would be worth: under the limits of the site and of the feeders above it. */
  shadowYuanPerMwh: series,
  pools: z.array(poolSeries),
  total: z.object({ kwh: z.number(), carbonKg: z.number(), yuan: z.number() }),
})

const feederSeries = z.object({
  feeder: z.string(),
  parent: z.string().optional(),
  limitKw: series,
  plannedKw: series,
  shadowYuanPerMwh: series,
})

/** Power, chips, price and carbon of every site by slot under a plan: arrays as long as `slots`, ready to draw. */
export const siteBoard = z.object({
  plan: z.string(),
  day: z.string(),
  dayName: z.string(),
  startsAt: z.string(),
  slotMinutes: z.number().int(),
  slots: z.number().int(),
  sites: z.array(siteSeries),
  feeders: z.array(feederSeries),
})
export type SiteBoard = z.infer<typeof siteBoard>

/**
 * The bars of a Gantt, column by column: bar i is `job[i]`, `pool[i]`, ... Numbers index the lists beside them. A bar that is not
 * the caller's to see in full has an empty `job`, and -1 as `participant` and `class`; ask for `why` only where `job` is not empty.
 */
export const planBars = z.object({
  plan: z.string(),
  startsAt: z.string(),
  slotMinutes: z.number().int(),
  slots: z.number().int(),
  participants: z.array(z.string()),
  classes: z.array(z.string()),
  /** `lanes`: rows that this pool needs so that no two bars of a row overlap. Bars are sorted by pool, lane, start. */
  pools: z.array(z.object({ site: z.string(), chip: z.string(), count: z.number().int(), lanes: z.number().int() })),
  bars: z.object({
    job: z.array(z.string()),
    participant: counts,
    class: counts,
    pool: counts,
    lane: counts,
    start: counts,
    slots: counts,
    chips: counts,
    /** Of one chip. */
    watts: series,
    tier: counts,
    /** Slots. */
    release: counts,
    deadline: counts,
  }),
  /** Jobs that the plan does not serve, in the same form; `job` is empty where they are not the caller's to see. */
  unserved: z.object({
    job: z.array(z.string()),
    participant: counts,
    class: counts,
    chips: counts,
    tier: counts,
    release: counts,
    deadline: counts,
  }),
})
export type PlanBars = z.infer<typeof planBars>

/** What is free when, and how clean it is: for anybody. Everything by slot. */
export const freeBoard = z.object({
  /** Absent where no day has been planned yet. */
  plan: z.string().optional(),
  startsAt: z.string().optional(),
  slotMinutes: z.number().int(),
  slots: z.number().int(),
  /** The slot of now; -1 before the day, `slots` after it. */
  now: z.number().int(),
  pools: z.array(
    z.object({
      site: z.string(),
      chip: z.string(),
      trust: z.string(),
      count: z.number().int(),
      /** Chips that the plan leaves free and that the power left under site and feeders can feed at their lowest level. */
      free: counts,
    }),
  ),
  sites: z.array(
    z.object({
      site: z.string(),
      yuanPerKwh: series,
      carbonKgPerKwh: series,
      /** Power left under envelope, reserve and feeders, kW. */
      freeKw: series,
    }),
  ),
})
export type FreeBoard = z.infer<typeof freeBoard>

/** A job of public compute that ran on the day of a plan and has ended: it lies in no later plan. */
export const endedJob = z.object({
  /** Empty, like `name` and `participant`, where the job is not the caller's to see. */
  job: z.string(),
  name: z.string(),
  participant: z.string(),
  site: z.string(),
  chip: z.string(),
  chips: z.number().int(),
  state: z.enum(['done', 'failed', 'cancelled']),
  startedAt: z.string(),
  endedAt: z.string(),
  chipHours: z.number().optional(),
  /** The `usage` record; absent where the engine reported no usage, or the job is somebody else's. */
  record: z.string().optional(),
})

/** The newest end first. */
export const endedJobs = z.object({ plan: z.string(), day: z.string(), jobs: z.array(endedJob) })
export type EndedJobs = z.infer<typeof endedJobs>
