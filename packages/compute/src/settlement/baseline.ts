import type {
  BaselineMethod,
  DayBaseline,
  MeterBaseline,
  PlannedBaseline,
  SameDayAdjustment,
} from './baseline-method.ts'
import { type MeterSeries, MINUTE, meanOf, minutesOf } from './meter.ts'

const DAY = 24 * 60 * MINUTE

/** What decides whether two days are alike, and which days must not be taken: holidays count as weekend. */
export interface Calendar {
  readonly utcOffsetMinutes: number
  /** Dates as 2026-10-01. */
  readonly holidays: readonly string[]
  /** Days with an event or an outage of their own. */
  readonly excluded: readonly string[]
}

export interface Span {
  readonly from: number
  readonly to: number
}

/** A baseline for each minute of the event, or how much was there of what the method needs. */
export type Baseline =
  | { readonly ok: true; readonly kw: Float64Array; readonly days: readonly string[]; readonly adjustedBy: number }
  | { readonly ok: false; readonly needs: string; readonly needsZh: string }

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
  const before = minutesOf(series, from - gap - beforeMinutes * MINUTE, from - gap)
  const after = afterMinutes > 0 ? minutesOf(series, to + gap, to + gap + afterMinutes * MINUTE) : new Float64Array()
  if (!before || !after) {
    const needs = `${beforeMinutes} whole minutes before and ${afterMinutes} after the event, ${gapMinutes} away from it`
    const needsZh = `事件前 ${beforeMinutes} 分钟与事件后 ${afterMinutes} 分钟的完整数据（各间隔 ${gapMinutes} 分钟）`
    return { ok: false, needs, needsZh }
  }
  const kw = new Float64Array(Math.round((to - from) / MINUTE)).fill(meanOf([...before, ...after]))
  return { ok: true, kw, days: [], adjustedBy: 1 }
}

function ofDays(series: MeterSeries, event: Span, rule: DayBaseline, calendar: Calendar): Baseline {
  const like = likeDays(series, event, rule, calendar)
  if (like.length < rule.of) {
    const needs = `${rule.of} like days with whole data within ${rule.within} days; there are ${like.length}`
    const needsZh = `${rule.within} 天内 ${rule.of} 个数据完整的同类日；现有 ${like.length} 个`
    return { ok: false, needs, needsZh }
  }
  const chosen = like.toSorted((a, b) => meanOf(b.kw) - meanOf(a.kw)).slice(0, rule.high)
  const adjustedBy = rule.adjustment ? adjustment(series, event, chosen, rule.adjustment) : 1
  if (adjustedBy === undefined) {
    const { minutes, gapMinutes } = rule.adjustment!
    const needs = `the ${minutes} minutes that end ${gapMinutes} before the event, on the day and on every chosen day`
    const needsZh = `当日及所选各日中事件前 ${gapMinutes} 分钟为止的 ${minutes} 分钟完整数据`
    return { ok: false, needs, needsZh }
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
function likeDays(series: MeterSeries, { from, to }: Span, { of, within }: DayBaseline, calendar: Calendar): LikeDay[] {
  const found: LikeDay[] = []
  for (let back = 1; back <= within && found.length < of; back += 1) {
    const date = dateOf(from - back * DAY, calendar)
    if (isRestDay(date, calendar) !== isRestDay(dateOf(from, calendar), calendar)) continue
    const kw = calendar.excluded.includes(date) ? undefined : minutesOf(series, from - back * DAY, to - back * DAY)
    if (kw) found.push({ back, date, kw })
  }
  return found
}

function adjustment(
  series: MeterSeries,
  { from }: Span,
  days: readonly LikeDay[],
  { minutes, gapMinutes, cap }: SameDayAdjustment,
): number | undefined {
  const to = from - gapMinutes * MINUTE
  const stretch = (back: number) => minutesOf(series, to - minutes * MINUTE - back * DAY, to - back * DAY)
  const today = stretch(0)
  const before = days.map(({ back }) => stretch(back))
  if (!today || before.some((each) => each === undefined)) return undefined
  const usual = meanOf(before.map((each) => meanOf(each!)))
  return usual === 0 ? 1 : Math.min(1 + cap, Math.max(1 - cap, meanOf(today) / usual))
}

function dateOf(at: number, { utcOffsetMinutes }: Calendar): string {
  return new Date(at + utcOffsetMinutes * MINUTE).toISOString().slice(0, 10)
}

function isRestDay(date: string, { holidays }: Calendar): boolean {
  return holidays.includes(date) || [0, 6].includes(new Date(date).getUTCDay())
}
