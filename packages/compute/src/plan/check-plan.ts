import type { Reason, Text } from '@dengta/kernel'
import { termsOf } from '../model/cost.ts'
import { type Snapshot, snapshotDigest } from '../model/snapshot.ts'
import { type Terms, totalOf, unservedYuan } from '../model/terms.ts'
import { type BoundOf, provedBound } from './check-bound.ts'
import { impossible } from './check-feasible.ts'
import { gapOf, type Plan, type PlanPrices, WEAK_ABOVE } from './plan.ts'
import { fault } from './plan-faults.ts'

/** What a stranger finds out about a plan with nothing but the snapshot. */
export interface PlanCheck {
  readonly ok: boolean
  readonly faults: readonly Reason[]
  readonly terms: Terms
  readonly yuan: number
  readonly bound: number
  /** Distance to the bound as a share of the cost, 0 to 1. */
  readonly gap: number
  /** True where the bound says little: the plan may be good, but it is not proved. */
  readonly boundWeak: boolean
  /** Unserved by the plan, and what no plan can serve. */
  readonly unserved: { readonly jobs: number; readonly jobsBound: number; readonly valueBound: number }
  readonly text: Text
}

const RELATIVE_SLACK = 1e-6

const GOALS = {
  cost: { running: true, leaveOut: (job, ways, snapshot) => unservedYuan(snapshot, job, ways) },
  value: { running: false, leaveOut: (job, ways, snapshot) => unservedYuan(snapshot, job, ways) },
  jobs: { running: false, leaveOut: () => 1 },
} satisfies Record<
  string,
  { running: boolean; leaveOut: (...all: [...Parameters<BoundOf['leaveOut']>, Snapshot]) => number }
>

/** Recomputes whether a plan can be carried out, what it costs, and what its prices prove. Independent of the planner. */
export function checkPlan(snapshot: Snapshot, plan: Plan): PlanCheck {
  const faults = firstFaults(snapshot, plan)
  const terms = faults.length > 0 ? plan.terms : termsOf(snapshot, plan.placements)
  const yuan = totalOf(terms)
  const prices = { cost: plan.prices, value: plan.service.valuePrices, jobs: plan.service.jobsPrices }
  const priced = [
    ...priceFaults(snapshot, prices.cost, 1),
    ...priceFaults(snapshot, prices.value, 0),
    ...priceFaults(snapshot, prices.jobs, 0),
  ]
  const prove = (which: keyof typeof GOALS): number => {
    const { running, leaveOut } = GOALS[which]
    const of: BoundOf = { running, leaveOut: (job, ways) => leaveOut(job, ways, snapshot) }
    return priced.length > 0 ? 0 : provedBound(snapshot, prices[which], of)
  }
  const proved = { cost: prove('cost'), value: prove('value'), jobs: prove('jobs') }
  const all = [...faults, ...priced, ...termFaults(plan, terms), ...boundFaults(plan, proved)]
  const gap = gapOf(yuan, proved.cost)
  const unserved = { jobs: plan.unserved.length, jobsBound: proved.jobs, valueBound: proved.value }
  const boundWeak = gap > WEAK_ABOVE
  const found = { ok: all.length === 0, terms, yuan, bound: proved.cost, gap, boundWeak, unserved }
  return { ...found, faults: all, text: verdictText(found) }
}

function firstFaults(snapshot: Snapshot, plan: Plan): Reason[] {
  const found = snapshotDigest(snapshot)
  return plan.snapshot === found
    ? impossible(snapshot, plan)
    : [fault('other_snapshot', { stated: plan.snapshot, found })]
}

/** Prices prove something only if all are there, none is below zero, and demand prices stay within the charge, if it counts. */
function priceFaults(snapshot: Snapshot, prices: PlanPrices, charge: 0 | 1): Reason[] {
  const faults: Reason[] = []
  const series = (place: string, values: readonly number[] | undefined, most = Number.POSITIVE_INFINITY): void => {
    const right = values?.length === snapshot.slots && values.every((price) => price >= 0 && Number.isFinite(price))
    const sum = values?.reduce((total, price) => total + price, 0) ?? 0
    if (!right || sum > most * (1 + RELATIVE_SLACK)) faults.push(fault('prices_wrong', { place }))
  }
  for (const site of snapshot.sites) {
    series(site.name, prices.sites[site.name])
    series(site.name, prices.demand[site.name], site.demandYuanPerKw * charge)
    for (const { chip } of site.pools) series(`${site.name} ${chip}`, prices.chips[site.name]?.[chip])
    for (const [chip, sizes] of Object.entries(prices.gangs?.[site.name] ?? {}))
      for (const [size, values] of Object.entries(sizes))
        series(`${site.name} ${chip} ${size}`, Number.isInteger(Number(size)) && Number(size) > 0 ? values : undefined)
  }
  for (const { name } of snapshot.feeders) series(name, prices.feeders[name])
  for (const { name, quotaChipHours } of snapshot.participants)
    if (quotaChipHours !== undefined && !((prices.quota[name] ?? -1) >= 0))
      faults.push(fault('prices_wrong', { place: name }))
  return faults
}

function termFaults(plan: Plan, terms: Terms): Reason[] {
  return (Object.keys(terms) as (keyof Terms)[]).flatMap((term) => {
    const [stated, found] = [plan.terms[term], terms[term]]
    return close(stated, found) ? [] : [fault('terms_wrong', { term, stated, found })]
  })
}

function boundFaults(plan: Plan, proved: { cost: number; value: number; jobs: number }): Reason[] {
  const claims = [
    ['cost', plan.bound, proved.cost],
    ['value', plan.service.valueBound, proved.value],
    ['jobs', plan.service.jobsBound, proved.jobs],
  ] as const
  return claims.flatMap(([which, stated, found]) =>
    stated <= found || close(stated, found) ? [] : [fault('bound_wrong', { which, stated, found })],
  )
}

/** Equal but for rounding; what is not finite is close to nothing. */
function close(a: number, b: number): boolean {
  return (
    Number.isFinite(a) &&
    Number.isFinite(b) &&
    Math.abs(a - b) <= RELATIVE_SLACK * Math.max(1, Math.abs(a), Math.abs(b))
  )
}

function verdictText({ ok, gap, boundWeak, yuan, bound, unserved }: Omit<PlanCheck, 'faults' | 'text'>): Text {
  if (!ok) return { en: 'the plan does not hold; see the faults', zh: '该计划不成立；详见所列问题' }
  const percent = (100 * gap).toFixed(2)
  const least = Math.max(0, Math.ceil(unserved.jobsBound - RELATIVE_SLACK))
  const weak = boundWeak
    ? {
        en: ' Bound weak: the plan may be good, but this does not prove it.',
        zh: '下界偏弱：计划未必不好，但尚不能由此证明。',
      }
    : { en: '', zh: '' }
  return {
    en: `the plan can be carried out, costs ${yuan.toFixed(2)} yuan, and no plan costs less than ${bound.toFixed(2)} (at most ${percent} % away). ${unserved.jobs} jobs stay unserved; nobody can leave out fewer than ${least}.${weak.en}`,
    zh: `计划可执行，费用 ${yuan.toFixed(2)} 元，任何计划不低于 ${bound.toFixed(2)} 元（差距至多 ${percent} %）。未服务作业 ${unserved.jobs} 个；任何计划至少有 ${least} 个无法服务。${weak.zh}`,
  }
}
