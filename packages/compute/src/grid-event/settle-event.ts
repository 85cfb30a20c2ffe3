import type { SettlementQuery, SettlementView } from '@dengta/sdk'
import { powerBySite } from '../model/cost.ts'
import { BASELINE_METHODS } from '../settlement/baseline-method.ts'
import { type MeterSeries, MINUTE, meanOf } from '../settlement/meter.ts'
import { type Settlement, type SettlementAnswer, settle } from '../settlement/settle.ts'
import type { OpenedPlan } from '../site-board/opened-plans.ts'
import { rounded } from '../site-board/round.ts'
import { eventRequest, type GridEventRow } from './grid-event.ts'

/** Settles an announced event: each site had promised the event's share of its planned power. Pure. */
export function settleEvent(
  event: GridEventRow,
  opened: OpenedPlan,
  { meters, query }: { readonly meters: readonly MeterSeries[]; readonly query: SettlementQuery },
): SettlementAnswer {
  const { method, tolerance, utcOffsetMinutes, yuanPerKwh, shortfallYuanPerKwh, availabilityYuanPerKw } = query
  const span = { from: event.from.getTime(), to: event.to.getTime() }
  const tariff = { yuanPerKwh, paidUpTo: 1.2, shortfallYuanPerKwh, availabilityYuanPerKw }
  const terms = { name: event.id, span, promises: promisesOf(event, opened), tolerance, tariff }
  const calendar = { utcOffsetMinutes, holidays: [], excluded: [] }
  return settle(terms, meters, { method: BASELINE_METHODS[method], calendar, effects: [] })
}

/** Mean planned power of each site through the event, times its depth, kW. */
function promisesOf({ request }: GridEventRow, { snapshot, plan }: OpenedPlan) {
  const { fromMinute, minutes } = eventRequest(request)
  const power = powerBySite(snapshot, plan.placements)
  const slots = Array.from({ length: minutes }, (_, i) => Math.floor((fromMinute + i) / snapshot.slotMinutes))
  return request.sites.map((site) => {
    const kw = power[snapshot.sites.findIndex(({ name }) => name === site)]!
    return { site, cutKw: request.depth * meanOf(slots.map((slot) => kw[slot]!)) }
  })
}

/** What is shown of a settlement, but for its record and time; columns are sums over all sites. */
export function settlementView(
  { method, sites, total }: Settlement,
  { from, to }: Pick<GridEventRow, 'from' | 'to'>,
): Omit<SettlementView, 'record' | 'settledAt'> {
  const minutes = (to.getTime() - from.getTime()) / MINUTE
  const sumOf = (of: (site: Settlement['sites'][number]) => Float64Array): number[] =>
    Array.from({ length: minutes }, (_, i) => sites.reduce((sum, site) => sum + of(site)[i]!, 0))
  const baselineKw = sumOf((site) => site.baselineKw)
  const drawnKw = sumOf((site) => site.meteredKw)
  const kwh = (kw: readonly number[]): number => kw.reduce((sum, each) => sum + each, 0) / 60
  const requestedKwh = (total.promisedKw * minutes) / 60
  const minutesWithin = Math.round((total.minutes.met + total.minutes.over) * minutes)
  const delivered = { kwh: total.deliveredKwh.toFixed(1), of: requestedKwh.toFixed(1) }
  return {
    ...{ baselineMethod: method.name, source: 'metered', minutes, minutesWithin, payment: { ...total.payment } },
    ...{ baselineKwh: kwh(baselineKw), drawnKwh: kwh(drawnKw), requestedKwh, deliveredKwh: total.deliveredKwh },
    columns: {
      baselineKw: rounded(baselineKw, 3),
      targetKw: rounded(
        baselineKw.map((kw) => kw - total.promisedKw),
        3,
      ),
      drawnKw: rounded(drawnKw, 3),
    },
    text: {
      en: `${delivered.kwh} of ${delivered.of} kWh delivered against the baseline "${method.name}", ${minutesWithin} of ${minutes} minutes within the promise`,
      zh: `按基线“${method.name}”计算，应交付 ${delivered.of} 千瓦时，实际交付 ${delivered.kwh} 千瓦时；${minutes} 分钟中有 ${minutesWithin} 分钟达到承诺`,
    },
  }
}
