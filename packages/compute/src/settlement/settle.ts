import type { Decision, Reason } from '@dengta/kernel'
import { type Baseline, baselineOf, type Calendar, type Lack } from './baseline.ts'
import type { BaselineMethod } from './baseline-method.ts'
import type { Span } from './dates.ts'
import { firstMissing, type MeterSeries, meanOf, minutesOf } from './meter.ts'

/** What was promised to the grid, and what is paid for it. */
export interface SettlementTerms {
  readonly name: string
  readonly span: Span
  /** Promised cut by site, kW at the meter, one value a minute. */
  readonly promises: readonly { readonly site: string; readonly cutKw: Float64Array }[]
  /** Share of the promise by which a minute may fall short or go beyond and still counts as met. */
  readonly tolerance: number
  readonly tariff: {
    readonly yuanPerKwh: number
    /** Energy above this share of the promise is not paid, e.g. 1.2. */
    readonly paidUpTo: number
    /** Taken for each kWh short of the promise. */
    readonly shortfallYuanPerKwh: number
    /** Paid for each kW promised on the mean, whatever was asked. */
    readonly availabilityYuanPerKw: number
  }
}

/** What the event did to one job. */
export interface JobEffect {
  readonly job: string
  readonly site: string
  readonly how: 'paused' | 'slowed'
  readonly lostChipHours: number
}

/** Every term apart; `totalYuan` is their sum with their signs. */
export interface Payment {
  readonly energyYuan: number
  readonly availabilityYuan: number
  readonly shortfallYuan: number
  readonly totalYuan: number
}

export interface Delivery {
  /** One value a minute. */
  readonly promisedKw: Float64Array
  /** Baseline less meter, one value a minute; below zero where more was drawn than the baseline. */
  readonly deliveredKw: Float64Array
  readonly meanDeliveredKw: number
  /** Mean power during the event as a share of the baseline. */
  readonly heldAt: number
  readonly deliveredKwh: number
  readonly overDeliveredKwh: number
  readonly shortfallKwh: number
  /** Shares of the minutes: met within the tolerance, beyond it, short of it; they sum to 1. */
  readonly minutes: { readonly met: number; readonly over: number; readonly short: number }
  readonly payment: Payment
  readonly pausedJobs: number
  readonly slowedJobs: number
  readonly lostChipHours: number
}

export interface SiteSettlement extends Delivery {
  readonly site: string
  readonly baselineKw: Float64Array
  readonly meteredKw: Float64Array
  /** Days that the baseline is made of; none for a method of one day. */
  readonly days: readonly string[]
  readonly adjustedBy: number
}

export interface Settlement {
  readonly name: string
  readonly method: BaselineMethod
  readonly sites: readonly SiteSettlement[]
  /** All sites together: minutes are judged on the sum, payments are the sum of the sites'. */
  readonly total: Delivery
}

export interface SettleOptions {
  readonly method: BaselineMethod
  readonly calendar: Calendar
  readonly effects: readonly JobEffect[]
}

export type SettlementAnswer = { readonly ok: true; readonly settlement: Settlement } | Extract<Decision, { ok: false }>

/** Settles one event from the meters; refuses, naming each site, where the method lacks data: nothing is filled in. */
export function settle(
  terms: SettlementTerms,
  meters: readonly MeterSeries[],
  options: SettleOptions,
): SettlementAnswer {
  const found = terms.promises.map(({ site, cutKw }) => settleSite({ site, cutKw }, { terms, meters, options }))
  const reasons = found.flatMap((each) => ('met' in each ? [each] : []))
  if (reasons.length > 0) return { ok: false, reasons }
  const sites = found.flatMap((each) => ('met' in each ? [] : [each]))
  return { ok: true, settlement: { name: terms.name, method: options.method, sites, total: totalOf(terms, sites) } }
}

interface Case {
  readonly terms: SettlementTerms
  readonly meters: readonly MeterSeries[]
  readonly options: SettleOptions
}

function settleSite({ site, cutKw }: SettlementTerms['promises'][number], given: Case): SiteSettlement | Reason {
  const { terms, meters, options } = given
  const series = meters.find((meter) => meter.site === site)
  const metered = series && minutesOf(series, terms.span.from, terms.span.to)
  if (!series || !metered) {
    const missing = firstMissing(series, terms.span.from, terms.span.to)
    const needsZh = '事件期间每一分钟的表计数据'
    return notEnough(site, { needs: 'every minute of the event on the meter', needsZh, missing })
  }
  const baseline: Baseline = baselineOf(series, terms.span, options.method, options.calendar)
  if (!baseline.ok) return notEnough(site, baseline)
  const deliveredKw = baseline.kw.map((kw, i) => kw - metered[i]!)
  const effects = options.effects.filter((effect) => effect.site === site)
  return {
    site,
    baselineKw: baseline.kw,
    meteredKw: metered,
    days: baseline.days,
    adjustedBy: baseline.adjustedBy,
    ...delivery(terms, cutKw, deliveredKw),
    heldAt: meanOf(metered) / meanOf(baseline.kw),
    ...countEffects(effects),
  }
}

/** Names what the method needs and the first minute that is not there, written as in a meter file. */
function notEnough(site: string, { needs, needsZh, missing }: Lack): Reason {
  const minute = missing === undefined ? undefined : new Date(missing).toISOString().replace('.000', '')
  const gap = minute ? { en: `; the first minute missing is ${minute}`, zh: `；缺失的第一分钟为 ${minute}` } : NO_GAP
  return {
    code: 'settlement.not_enough_data',
    met: 'unknown',
    text: {
      en: `not enough data to settle ${site}: the method needs ${needs}${gap.en}`,
      zh: `${site} 数据不足，无法结算：该方法需要${needsZh}${gap.zh}`,
    },
  }
}

const NO_GAP = { en: '', zh: '' }

/** Slack for differences of floating-point powers, kW: a millionth of a watt. */
const SLACK_KW = 1e-9

type Metered = Omit<Delivery, 'heldAt' | 'pausedJobs' | 'slowedJobs' | 'lostChipHours'>

function delivery(terms: SettlementTerms, promisedKw: Float64Array, deliveredKw: Float64Array): Metered {
  const { tolerance, tariff } = terms
  const energy = (power: (kw: number, promised: number) => number): number =>
    deliveredKw.reduce((sum, kw, i) => sum + power(kw, promisedKw[i]!), 0) / 60
  const share = (is: (kw: number, promised: number) => boolean): number =>
    deliveredKw.filter((kw, i) => is(kw, promisedKw[i]!)).length / deliveredKw.length
  const over = share((kw, promised) => kw > promised * (1 + tolerance) + SLACK_KW)
  const short = share((kw, promised) => kw < promised * (1 - tolerance) - SLACK_KW)
  const shortfallKwh = energy((kw, promised) => Math.max(0, promised - kw))
  const paidKwh = energy((kw, promised) => Math.max(0, Math.min(kw, promised * tariff.paidUpTo)))
  return {
    promisedKw,
    deliveredKw,
    meanDeliveredKw: meanOf(deliveredKw),
    deliveredKwh: energy((kw) => kw),
    overDeliveredKwh: energy((kw, promised) => Math.max(0, kw - promised)),
    shortfallKwh,
    minutes: { met: 1 - over - short, over, short },
    payment: payment(
      paidKwh * tariff.yuanPerKwh,
      meanOf(promisedKw) * tariff.availabilityYuanPerKw,
      shortfallKwh * tariff.shortfallYuanPerKwh,
    ),
  }
}

function payment(energyYuan: number, availabilityYuan: number, shortfallYuan: number): Payment {
  return { energyYuan, availabilityYuan, shortfallYuan, totalYuan: energyYuan + availabilityYuan - shortfallYuan }
}

function countEffects(effects: readonly JobEffect[]): Pick<Delivery, 'pausedJobs' | 'slowedJobs' | 'lostChipHours'> {
  const jobs = (how: JobEffect['how']): number =>
    new Set(effects.filter((effect) => effect.how === how).map(({ job }) => job)).size
  const lostChipHours = effects.reduce((sum, effect) => sum + effect.lostChipHours, 0)
  return { pausedJobs: jobs('paused'), slowedJobs: jobs('slowed'), lostChipHours }
}

function totalOf(terms: SettlementTerms, sites: readonly SiteSettlement[]): Delivery {
  const sum = (of: (site: SiteSettlement) => number): number => sites.reduce((total, site) => total + of(site), 0)
  const minutes = sites[0]?.deliveredKw.length ?? 0
  const byMinute = (of: (site: SiteSettlement) => Float64Array): Float64Array =>
    Float64Array.from({ length: minutes }, (_, i) => sum((site) => of(site)[i]!))
  return {
    ...delivery(
      terms,
      byMinute((site) => site.promisedKw),
      byMinute((site) => site.deliveredKw),
    ),
    heldAt: sum(({ meteredKw }) => meanOf(meteredKw)) / sum(({ baselineKw }) => meanOf(baselineKw)),
    payment: payment(
      sum((site) => site.payment.energyYuan),
      sum((site) => site.payment.availabilityYuan),
      sum((site) => site.payment.shortfallYuan),
    ),
    pausedJobs: sum(({ pausedJobs }) => pausedJobs),
    slowedJobs: sum(({ slowedJobs }) => slowedJobs),
    lostChipHours: sum(({ lostChipHours }) => lostChipHours),
  }
}
