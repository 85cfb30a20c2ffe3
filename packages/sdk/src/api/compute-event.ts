import { z } from 'zod'
import { text } from './common.ts'

const perMinute = z.array(z.number())

/**
 * What the grid asks for: of each site `depth` (0 to 1) less than its planned power, from `from` (HH:MM after the start of the day)
 * for `minutes`, known `noticeMinutes` before. All sites unless some are named.
 */
export const gridRequest = z.object({
  from: z.string().regex(/^\d{1,4}:[0-5]\d$/),
  minutes: z
    .int()
    .min(1)
    .max(24 * 60),
  depth: z.number().gt(0).max(1),
  noticeMinutes: z
    .int()
    .min(0)
    .max(48 * 60)
    .default(0),
  sites: z.array(z.string()).min(1).optional(),
})
export type GridRequest = z.input<typeof gridRequest>

/** What the event does to one job. Another participant's job has an empty `job` and `participant`. */
const touchedJob = z.object({
  job: z.string(),
  participant: z.string(),
  site: z.string(),
  chip: z.string(),
  chips: z.number().int(),
  tier: z.number().int(),
  action: z.enum([
    'capped',
    'shrunk',
    'paused',
    'capped and shrunk',
    'capped and paused',
    'shrunk and paused',
    'capped, shrunk and paused',
  ]),
  minutesCapped: z.number().int(),
  /** On fewer chips than planned. */
  minutesShrunk: z.number().int(),
  minutesPaused: z.number().int(),
  /** Lowest power of one chip while it ran, watts. */
  lowestWatts: z.number(),
  fewestChips: z.number().int(),
  /** Work not done in the event, pauses thrown away included, in chip-hours. */
  lostChipHours: z.number(),
  /** Mean performance over the whole run as planned, and the least that its tier allows; both 0 to 1. */
  performance: z.number(),
  floor: z.number(),
  floorKept: z.boolean(),
})

/** What would happen; nothing does. Columns have one value a minute from `firstMinute` of the day, an hour around the event included. */
export const rehearsal = z.object({
  plan: z.string(),
  request: gridRequest.required({ noticeMinutes: true, sites: true }),
  firstMinute: z.number().int(),
  minutes: z.object({
    plannedKw: perMinute,
    drawnKw: perMinute,
    /** -1 outside the event. */
    targetKw: perMinute,
  }),
  withinTarget: z.boolean(),
  /** Minutes of the event in which some site lies above its target even with every job in its lowest state. */
  minutesAbove: z.number().int(),
  avoidedKwh: z.number(),
  running: z.number().int(),
  /** Chips that smaller gangs set free, at the most in one minute. */
  chipsFreed: z.number().int(),
  /** Performance of running jobs over the event, weighted by chips, 0 to 1; `bound`: no choice of states does better. */
  weighted: z.number(),
  bound: z.number(),
  floorsKept: z.boolean(),
  lostChipHours: z.number(),
  /** Only jobs that the event touches; most affected first. */
  jobs: z.array(touchedJob),
  text,
})
export type Rehearsal = z.infer<typeof rehearsal>

const isDateList = (text: string): boolean =>
  text.split(',').every((date) => z.iso.date().safeParse(date.trim()).success)

/** Dates with commas between. */
const dateList = z
  .string()
  .max(2000)
  .refine(isDateList, 'write dates as 2026-10-01,2026-10-02 · 日期请写作 2026-10-01,2026-10-02')
  .optional()

/**
 * How an event is settled; the meters follow as the request body: CSV `time,site,kw`, one line a minute and site. `method` names
 * a baseline: X of Y like days, or the same meter before (and after) the event. `tolerance` and money are of the contract.
 * `holidays` are days of rest like weekends; no baseline takes a day of `leaveOut`, nor anything that another event of the house bears on.
 * Dates are those of the clock on which the day of the event begins at 00:00, unless `utcOffsetMinutes` says another.
 */
export const settlementQuery = z.object({
  method: z.enum(['high5of10', 'last10', 'sameDay3and2', 'meterBefore']).default('meterBefore'),
  tolerance: z.coerce.number().min(0).max(1).default(0.1),
  utcOffsetMinutes: z.coerce.number().int().min(-840).max(840).optional(),
  holidays: dateList,
  leaveOut: dateList,
  yuanPerKwh: z.coerce.number().nonnegative().default(0),
  shortfallYuanPerKwh: z.coerce.number().nonnegative().default(0),
  availabilityYuanPerKw: z.coerce.number().nonnegative().default(0),
})
export type SettlementQuery = z.output<typeof settlementQuery>

/** The settlement of an event. Columns have one value a minute of the event. */
export const settlementView = z.object({
  record: z.string(),
  /** The word that stands in the record. */
  baselineMethod: z.string(),
  /** What people call the method; absent in settlements of older versions. */
  baselineName: text.optional(),
  /** Dates that the baseline is made of, at any site; absent for a method of one day. */
  baselineDays: z.array(z.string()).optional(),
  source: z.enum(['metered', 'estimate']),
  baselineKwh: z.number(),
  drawnKwh: z.number(),
  requestedKwh: z.number(),
  deliveredKwh: z.number(),
  minutes: z.number().int(),
  minutesWithin: z.number().int(),
  /** Seconds from the beginning of the event until the house's own controller had power within the limits; absent where none ran. */
  complianceSeconds: z.number().optional(),
  /** Jobs of this house that it put on fewer chips, and the chips set free; absent where there was none. */
  shrunk: z.object({ jobs: z.number().int(), chipsFreed: z.number().int() }).optional(),
  /** Yuan, each term apart; `totalYuan` = energy + availability - shortfall. */
  payment: z.object({
    energyYuan: z.number(),
    availabilityYuan: z.number(),
    shortfallYuan: z.number(),
    totalYuan: z.number(),
  }),
  columns: z.object({ baselineKw: perMinute, targetKw: perMinute, drawnKw: perMinute }),
  settledAt: z.string(),
  text,
})
export type SettlementView = z.infer<typeof settlementView>

/** What settling would say: nothing is kept, and there is no record. */
export const settlementTrial = settlementView.omit({ record: true, settledAt: true })
export type SettlementTrial = z.infer<typeof settlementTrial>

export const gridEventView = z.object({
  id: z.string(),
  plan: z.string(),
  state: z.enum(['announced', 'settled']),
  request: rehearsal.shape.request,
  from: z.string(),
  to: z.string(),
  announcedBy: z.string(),
  announcedAt: z.string(),
  /** What was promised when it was announced. */
  promise: rehearsal.pick({ withinTarget: true, avoidedKwh: true, weighted: true, bound: true, floorsKept: true }),
  record: z.string(),
  settlement: settlementView.optional(),
})
export type GridEventView = z.infer<typeof gridEventView>

/** Newest first. */
export const gridEventList = z.object({ events: z.array(gridEventView) })
export type GridEventList = z.infer<typeof gridEventList>

/** Announces an event over a plan: it goes on record. */
export const newGridEvent = gridRequest.extend({ plan: z.string() })
export type NewGridEvent = z.input<typeof newGridEvent>
