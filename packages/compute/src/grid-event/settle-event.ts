import type { SettlementQuery, SettlementTrial, SettlementView } from '@dengta/sdk'
import { utcOffsetOf } from '../day/day.ts'
import { powerBySite } from '../model/cost.ts'
import { BASELINE_METHODS, type BaselineMethod } from '../settlement/baseline-method.ts'
import type { Span } from '../settlement/dates.ts'
import { type MeterSeries, MINUTE, meanOf } from '../settlement/meter.ts'
import { type Settlement, type SettlementAnswer, settle } from '../settlement/settle.ts'
import type { OpenedPlan } from '../site-board/opened-plans.ts'
import { rounded } from '../site-board/round.ts'
import { eventRequest, type GridEventRow } from './grid-event.ts'
import { otherEvents } from './other-events.ts'

type Planned = Pick<OpenedPlan, 'snapshot' | 'plan'> & { readonly day: Pick<OpenedPlan['day'], 'startsAt'> }

export interface ByMeters {
  readonly meters: readonly MeterSeries[]
  readonly query: SettlementQuery
  /** Those that the baseline may look back on, and more: it takes no day, and nothing of the day itself, on which one of them bears. */
  readonly events: readonly GridEventRow[]
}

/** Settles an announced event: each site had promised the event's share of its planned power. Pure. */
export function settleEvent(event: GridEventRow, opened: Planned, { events, ...given }: ByMeters): SettlementAnswer {
  const { method } = given.query
  return settleBy(event, opened, { ...given, method: BASELINE_METHODS[method], others: otherEvents(event, events) })
}

/** The same for the jobs that this house runs alone: their power by minute against what the plan had given them. Pure. */
export function settleOwnJobs(
  whole: GridEventRow,
  opened: Planned,
  { meters, query, theirs }: OwnJobs,
): SettlementAnswer {
  const placements = opened.plan.placements.filter(({ job }) => !theirs.has(job))
  const own = { ...opened, plan: { ...opened.plan, placements } }
  const event = atOwnSites(whole, own, meters)
  const kw = plannedMinutes(event, own)
  const kwBySite = new Map(event.request.sites.map((site, s) => [site, kw[s]!]))
  const method = { ...OWN_JOBS, rule: { kind: 'planned', kwBySite } } as const
  return settleBy(event, own, { meters, query, method, others: [] })
}

/** The event without the sites where the house has no chips: the plan gives it nothing there, and it never watched them. All, if no other is left. */
function atOwnSites(event: GridEventRow, own: Planned, meters: readonly MeterSeries[]): GridEventRow {
  const kw = plannedMinutes(event, own)
  const watched = new Set(meters.map(({ site }) => site))
  const sites = event.request.sites.filter((site, s) => watched.has(site) || kw[s]!.some((each) => each > 0))
  return sites.length === 0 ? event : { ...event, request: { ...event.request, sites } }
}

export interface OwnJobs {
  readonly meters: readonly MeterSeries[]
  readonly query: SettlementQuery
  /** Jobs that came with the day: whoever sent them runs them. */
  readonly theirs: ReadonlySet<string>
}

const OWN_JOBS = {
  name: 'plan, jobs of this house',
  title: { en: 'plan, jobs of this house', zh: '计划值（仅本平台作业）' },
  source: {
    en: 'what the plan of the event gave to the jobs that this house runs, against their power at ordered levels',
    zh: '以事件所依据计划分配给本平台作业的功率为基线，与其按下达功率档估算的功率比较',
  },
}

interface SettleBy {
  readonly meters: readonly MeterSeries[]
  readonly query: SettlementQuery
  readonly method: BaselineMethod
  /** Other events at its sites. */
  readonly others: readonly Span[]
}

function settleBy(event: GridEventRow, opened: Planned, given: SettleBy): SettlementAnswer {
  const { meters, query, method, others } = given
  const { tolerance, holidays, leaveOut, yuanPerKwh, shortfallYuanPerKwh, availabilityYuanPerKw } = query
  const span = { from: event.from.getTime(), to: event.to.getTime() }
  const tariff = { yuanPerKwh, paidUpTo: 1.2, shortfallYuanPerKwh, availabilityYuanPerKw }
  const terms = { name: event.id, span, promises: promisesOf(event, opened), tolerance, tariff }
  const utcOffsetMinutes = query.utcOffsetMinutes ?? utcOffsetOf(opened.day)
  const calendar = { utcOffsetMinutes, holidays: datesIn(holidays), excluded: datesIn(leaveOut), others }
  return settle(terms, meters, { method, calendar, effects: [] })
}

const datesIn = (list = ''): string[] => list.split(',').map((date) => date.trim())

/** Planned power of each site times the depth of the event, by minute, as it is rehearsed and driven, kW. */
function promisesOf(event: GridEventRow, opened: Planned) {
  const { sites, depth } = event.request
  const minutes = plannedMinutes(event, opened)
  return sites.map((site, s) => ({ site, cutKw: minutes[s]!.map((kw) => depth * kw) }))
}

/** Planned power of each site of the event, one value a minute of it, kW. */
function plannedMinutes({ request }: GridEventRow, { snapshot, plan }: Planned): Float64Array[] {
  const { fromMinute, minutes } = eventRequest(request)
  const power = powerBySite(snapshot, plan.placements)
  return request.sites.map((site) => {
    const kw = power[snapshot.sites.findIndex(({ name }) => name === site)]!
    return Float64Array.from({ length: minutes }, (_, i) => kw[Math.floor((fromMinute + i) / snapshot.slotMinutes)]!)
  })
}

/** Never a zero with a sign. */
const tenths = (kwh: number): string => (Math.round(10 * kwh) / 10 + 0).toFixed(1)

/** What is shown of a settlement, but for its record and time; columns are sums over all sites. */
export function settlementView(
  { method, sites, total }: Settlement,
  { from, to }: Pick<GridEventRow, 'from' | 'to'>,
  source: SettlementView['source'],
): SettlementTrial {
  const minutes = (to.getTime() - from.getTime()) / MINUTE
  const sumOf = (of: (site: Settlement['sites'][number]) => Float64Array): number[] =>
    Array.from({ length: minutes }, (_, i) => sites.reduce((sum, site) => sum + of(site)[i]!, 0))
  const baselineKw = sumOf((site) => site.baselineKw)
  const drawnKw = sumOf((site) => site.meteredKw)
  const kwh = (kw: ArrayLike<number>): number => (meanOf(kw) * minutes) / 60
  const requestedKwh = kwh(total.promisedKw)
  const minutesWithin = Math.round((total.minutes.met + total.minutes.over) * minutes)
  const days = [...new Set(sites.flatMap((site) => site.days))].sort()
  const delivered = { kwh: tenths(total.deliveredKwh), of: tenths(requestedKwh) }
  return {
    ...{
      baselineMethod: method.name,
      baselineName: method.title,
      source,
      minutes,
      minutesWithin,
      payment: { ...total.payment },
      ...(days.length > 0 && { baselineDays: days }),
    },
    ...{ baselineKwh: kwh(baselineKw), drawnKwh: kwh(drawnKw), requestedKwh, deliveredKwh: total.deliveredKwh },
    columns: {
      baselineKw: rounded(baselineKw, 3),
      targetKw: rounded(
        baselineKw.map((kw, i) => kw - total.promisedKw[i]!),
        3,
      ),
      drawnKw: rounded(drawnKw, 3),
    },
    text: {
      en: `${delivered.kwh} of ${delivered.of} kWh delivered against the baseline "${method.title.en}", ${minutesWithin} of ${minutes} minutes within the promise`,
      zh: `按基线“${method.title.zh}”计算，应交付 ${delivered.of} 千瓦时，实际交付 ${delivered.kwh} 千瓦时；${minutes} 分钟中有 ${minutesWithin} 分钟达到承诺`,
    },
  }
}
