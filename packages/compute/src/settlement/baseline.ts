import type {
  BaselineMethod,
  DayBaseline,
  MeterBaseline,
  PlannedBaseline,
  SameDayAdjustment,
} from './baseline-method.ts'
import { dateOf, datesOf, type Span } from './dates.ts'
import { firstMissing, type MeterSeries, MINUTE, meanOf, minutesOf } from './meter.ts'

const DAY = 24 * 60 * MINUTE

/** What decides whether two days are alike, and which days must not be taken. Dates as 2026-10-01. */
export interface Calendar {
  readonly utcOffsetMinutes: number
  /** Days of rest beside the weekends. */
  readonly holidays: readonly string[]
  /** Days with an event or an outage of their own: no baseline takes a stretch that touches one. */
  readonly excluded: readonly string[]
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
      return ofMeter(series, event, rule)
    case 'planned':
      return ofPlan(series, rule)
  }
}

function ofPlan({ site }: MeterSeries, { kwBySite }: PlannedBaseline): Baseline {
  const kw = kwBySite.get(site)
  if (!kw) return { ok: false, needs: 'a plan for the site', needsZh: '该站点的计划' }
  return { ok: true, kw, days: [], adjustedBy: 1 }
}

function ofMeter(series: MeterSeries, { from, to }: Span, rule: MeterBaseline): Baseline {
  const { beforeMinutes, afterMinutes, gapMinutes } = rule
  const gap = gapMinutes * MINUTE
  const spans = [
    [from - gap - beforeMinutes * MINUTE, from - gap],
    [to + gap, to + gap + afterMinutes * MINUTE],
  ] as const
  const before = minutesOf(series, ...spans[0])
  const after = afterMinutes > 0 ? minutesOf(series, ...spans[1]) : new Float64Array()
  if (!before || !after) {
    const needs = `${beforeMinutes} whole minutes before and ${afterMinutes} after the event, ${gapMinutes} away from it`
    const needsZh = `事件前 ${beforeMinutes} 分钟与事件后 ${afterMinutes} 分钟的完整数据（各间隔 ${gapMinutes} 分钟）`
    return { ok: false, needs, needsZh, missing: firstMissingOf(series, spans) }
  }
  const kw = new Float64Array(Math.round((to - from) / MINUTE)).fill(meanOf([...before, ...after]))
  return { ok: true, kw, days: [], adjustedBy: 1 }
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
  const adjustedBy = rule.adjustment ? adjustment(series, event, chosen, rule.adjustment) : 1
  if (adjustedBy === undefined) {
    const { minutes, gapMinutes } = rule.adjustment!
    const needs = `the ${minutes} minutes that end ${gapMinutes} before the event, on the day and on every chosen day`
    const needsZh = `当日及所选各日中事件前 ${gapMinutes} 分钟为止的 ${minutes} 分钟完整数据`
    const spans = [0, ...chosen.map(({ back }) => back)].map((back) => stretchBefore(event, rule.adjustment!, back))
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
function likeSpans({ from, to }: Span, { within }: DayBaseline, calendar: Calendar) {
  const { utcOffsetMinutes, excluded } = calendar
  const rests = isRestDay(dateOf(from, utcOffsetMinutes), calendar)
  return Array.from({ length: within }, (_, i) => i + 1)
    .map((back) => ({ back, from: from - back * DAY, to: to - back * DAY }))
    .map((span) => ({ ...span, date: dateOf(span.from, utcOffsetMinutes) }))
    .filter(({ date }) => isRestDay(date, calendar) === rests)
    .filter((span) => !datesOf(span, utcOffsetMinutes).some((date) => excluded.includes(date)))
}

/** The first minute that is missing, in the order of the spans. */
function firstMissingOf(series: MeterSeries, spans: readonly (readonly [number, number])[]): number | undefined {
  for (const [from, to] of spans) {
    const missing = firstMissing(series, from, to)
    if (missing !== undefined) return missing
  }
  return undefined
}

/** Where a day is compared with the day of the event, so many days back. */
function stretchBefore({ from }: Span, { minutes, gapMinutes }: SameDayAdjustment, back: number) {
  const to = from - gapMinutes * MINUTE - back * DAY
  return [to - minutes * MINUTE, to] as const
}

function adjustment(
  series: MeterSeries,
  event: Span,
  days: readonly LikeDay[],
  rule: SameDayAdjustment,
): number | undefined {
  const stretch = (back: number) => minutesOf(series, ...stretchBefore(event, rule, back))
  const today = stretch(0)
  const before = days.map(({ back }) => stretch(back))
  if (!today || before.some((each) => each === undefined)) return undefined
  const usual = meanOf(before.map((each) => meanOf(each!)))
  return usual === 0 ? 1 : Math.min(1 + rule.cap, Math.max(1 - rule.cap, meanOf(today) / usual))
}

function isRestDay(date: string, { holidays }: Calendar): boolean {
  return holidays.includes(date) || [0, 6].includes(new Date(date).getUTCDay())
}
