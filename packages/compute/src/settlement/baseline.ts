import type {
  BaselineMethod,
  DayBaseline,
  MeterBaseline,
  PlannedBaseline,
  SameDayAdjustment,
} from './baseline-method.ts'
import { clearAfter, clearBefore } from './clear-of-others.ts'
import { dateOf, datesOf, type Span } from './dates.ts'
import { firstMissing, type MeterSeries, MINUTE, meanOf, minutesOf } from './meter.ts'

const DAY = 24 * 60 * MINUTE

/** What decides whether two days are alike, and which days must not be taken. Dates as 2026-10-01. */
export interface Calendar {
  readonly utcOffsetMinutes: number
  /** Days of rest beside the weekends. */
  readonly holidays: readonly string[]
  /** Days with an outage of their own: no baseline takes a stretch of an earlier day that touches one. */
  readonly excluded: readonly string[]
  /** Other events there. Their days are taken no more than those; on the day itself a baseline looks to before and after them. */
  readonly others: readonly Span[]
}

/** A baseline for each minute of the event, or what the method lacks. */
export type Baseline =
  | { readonly ok: true; readonly kw: Float64Array; readonly days: readonly string[]; readonly adjustedBy: number }
  | ({ readonly ok: false } & Lack)

/** What a method needs, and the first minute of it that the meter did not give, milliseconds since 1970. */
export interface Lack {
  readonly needs: string
  readonly needsZh: string
  readonly missing?: number | undefined
}

export function baselineOf(series: MeterSeries, event: Span, { rule }: BaselineMethod, calendar: Calendar): Baseline {
  switch (rule.kind) {
    case 'days':
      return ofDays(series, event, rule, calendar)
    case 'meter':
      return ofMeter(series, event, rule, calendar)
    case 'planned':
      return ofPlan(series, rule)
  }
}

function ofPlan({ site }: MeterSeries, { kwBySite }: PlannedBaseline): Baseline {
  const kw = kwBySite.get(site)
  if (!kw) return { ok: false, needs: 'a plan for the site', needsZh: '该站点的计划' }
  return { ok: true, kw, days: [], adjustedBy: 1 }
}

function ofMeter(series: MeterSeries, event: Span, rule: MeterBaseline, { others }: Calendar): Baseline {
  const { beforeMinutes, afterMinutes } = rule
  const { from, to } = event
  const spans = stretchesAround(event, rule, others)
  const before = minutesOf(series, ...spans[0])
  const after = afterMinutes > 0 ? minutesOf(series, ...spans[1]) : new Float64Array()
  if (!before || !after) {
    const needs = `${beforeMinutes} whole minutes before and ${afterMinutes} after the event, ${rule.gapMinutes} away from it`
    const needsZh = `事件前 ${beforeMinutes} 分钟与事件后 ${afterMinutes} 分钟的完整数据（各间隔 ${rule.gapMinutes} 分钟）`
    return { ok: false, needs, needsZh, missing: firstMissingOf(series, spans) }
  }
  const kw = new Float64Array(Math.round((to - from) / MINUTE)).fill(meanOf([...before, ...after]))
  return { ok: true, kw, days: [], adjustedBy: 1 }
}

function stretchesAround({ from, to }: Span, rule: MeterBaseline, others: readonly Span[]) {
  const gap = rule.gapMinutes * MINUTE
  const [before, after] = [rule.beforeMinutes * MINUTE, rule.afterMinutes * MINUTE]
  const end = clearBefore(from, others, gap + before) - gap
  const start = clearAfter(to, others, gap + after) + gap
  return [
    [end - before, end],
    [start, start + after],
  ] as const
}

function ofDays(series: MeterSeries, event: Span, rule: DayBaseline, calendar: Calendar): Baseline {
  const like = likeDays(series, event, rule, calendar)
  if (like.length < rule.of) {
    const needs = `${rule.of} like days with whole data within ${rule.within} days; there are ${like.length}`
    const needsZh = `${rule.within} 天内 ${rule.of} 个数据完整的同类日；现有 ${like.length} 个`
    const spans = likeSpans(event, rule, calendar).map(({ from, to }) => [from, to] as const)
    return { ok: false, needs, needsZh, missing: firstMissingOf(series, spans) }
  }
  const chosen = like.toSorted((a, b) => meanOf(b.kw) - meanOf(a.kw)).slice(0, rule.high)
  const stretch = rule.adjustment && stretchBefore(event, rule.adjustment, calendar)
  const adjustedBy = stretch ? adjustment(series, chosen, stretch, rule.adjustment!.cap) : 1
  if (adjustedBy === undefined) {
    const { minutes, gapMinutes } = rule.adjustment!
    const needs = `the ${minutes} minutes that end ${gapMinutes} before the event, on the day and on every chosen day`
    const needsZh = `当日及所选各日中事件前 ${gapMinutes} 分钟为止的 ${minutes} 分钟完整数据`
    const spans = [0, ...chosen.map(({ back }) => back)].map((back) => daysBack(stretch!, back))
    return { ok: false, needs, needsZh, missing: firstMissingOf(series, spans) }
  }
  const kw = chosen[0]!.kw.map((_, i) => adjustedBy * meanOf(chosen.map((day) => day.kw[i]!)))
  return { ok: true, kw, days: chosen.map(({ date }) => date).sort(), adjustedBy }
}

interface LikeDay {
  readonly back: number
  readonly date: string
  readonly kw: Float64Array
}

/** The latest days of the same kind that have all minutes of the event's time of day. */
function likeDays(series: MeterSeries, event: Span, rule: DayBaseline, calendar: Calendar): LikeDay[] {
  const found: LikeDay[] = []
  for (const { back, date, from, to } of likeSpans(event, rule, calendar)) {
    if (found.length === rule.of) break
    const kw = minutesOf(series, from, to)
    if (kw) found.push({ back, date, kw })
  }
  return found
}

/** The event's time of day on every day of the same kind, newest first, whether or not the meter has it. */
function likeSpans(event: Span, { within, adjustment: rule }: DayBaseline, calendar: Calendar) {
  const { utcOffsetMinutes } = calendar
  const rests = isRestDay(dateOf(event.from, utcOffsetMinutes), calendar)
  const first = rule ? stretchBefore(event, rule, calendar)[0] : event.from
  const unlike = unlikeDates(calendar)
  return Array.from({ length: within }, (_, i) => i + 1)
    .map((back) => ({ back, from: event.from - back * DAY, to: event.to - back * DAY }))
    .map((span) => ({ ...span, date: dateOf(span.from, utcOffsetMinutes) }))
    .filter(({ date }) => isRestDay(date, calendar) === rests)
    .filter(
      ({ back, to }) => !datesOf({ from: first - back * DAY, to }, utcOffsetMinutes).some((date) => unlike.has(date)),
    )
}

function unlikeDates({ excluded, others, utcOffsetMinutes }: Calendar): ReadonlySet<string> {
  return new Set([...excluded, ...others.flatMap((span) => datesOf(span, utcOffsetMinutes))])
}

/** The first minute that is missing, in the order of the spans. */
function firstMissingOf(series: MeterSeries, spans: readonly (readonly [number, number])[]): number | undefined {
  for (const [from, to] of spans) {
    const missing = firstMissing(series, from, to)
    if (missing !== undefined) return missing
  }
  return undefined
}

type Stretch = readonly [from: number, to: number]

/** Where the day of the event is compared with others: before the event, and before other events that held so shortly before it. */
function stretchBefore({ from }: Span, { minutes, gapMinutes }: SameDayAdjustment, { others }: Calendar): Stretch {
  const to = clearBefore(from, others, (gapMinutes + minutes) * MINUTE) - gapMinutes * MINUTE
  return [to - minutes * MINUTE, to]
}

const daysBack = ([from, to]: Stretch, back: number): Stretch => [from - back * DAY, to - back * DAY]

function adjustment(series: MeterSeries, days: readonly LikeDay[], stretch: Stretch, cap: number): number | undefined {
  const today = minutesOf(series, ...stretch)
  const before = days.map(({ back }) => minutesOf(series, ...daysBack(stretch, back)))
  if (!today || before.some((each) => each === undefined)) return undefined
  const usual = meanOf(before.map((each) => meanOf(each!)))
  return usual === 0 ? 1 : Math.min(1 + cap, Math.max(1 - cap, meanOf(today) / usual))
}

function isRestDay(date: string, { holidays }: Calendar): boolean {
  return holidays.includes(date) || [0, 6].includes(new Date(date).getUTCDay())
}
