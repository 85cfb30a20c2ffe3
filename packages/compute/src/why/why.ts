import type { Text } from '@dengta/kernel'
import { timeOf } from '../model/series.ts'
import type { Job, Placement, Snapshot } from '../model/snapshot.ts'
import { placementOf, type Way, wayOf } from '../model/way.ts'
import type { Plan } from '../plan/plan.ts'
import { limitPrices, type PricedColumn, pricedColumns } from './priced-column.ts'
import { quotaShort } from './quota-short.ts'
import { scarcest } from './scarce.ts'
import { whyTexts as texts } from './why-texts.ts'

/** Why a job lies where it lies. `undefined` answers of an unserved job are left out. */
export interface Why {
  readonly job: string
  readonly placement: Placement | undefined
  readonly here?: Text
  readonly now?: Text
  readonly power?: Text
  readonly waitsFor: Text
  /** Yuan that one more MW at this site would be worth, for each hour of the job. */
  readonly yuanPerMwh: number
  readonly megawatt: Text
  /** The chosen column and the alternatives it was weighed against, at the prices of the plan. */
  readonly chosen?: PricedColumn
  readonly alternatives: readonly PricedColumn[]
}

/** Explains one job from the snapshot and the prices of the plan. `name` is a job of the snapshot. */
export function explainJob(snapshot: Snapshot, plan: Plan, name: string): Why {
  const job = snapshot.jobs.find((each) => each.name === name)!
  const placement = plan.placements.find((each) => each.job === name)
  return placement ? placed(snapshot, plan, job, placement) : unserved(snapshot, plan, job)
}

function placed(snapshot: Snapshot, plan: Plan, job: Job, placement: Placement): Why {
  const { ways, at, cheapest: other } = pricedColumns(snapshot, plan.prices, job)
  const way = wayOf(ways, placement)!
  const { start } = placement
  const chosen = at(way, start)
  const elsewhere = other(({ site }) => site.name !== placement.site)
  const atOnce = start === job.release ? undefined : other((each, t) => same(each, way) && t === job.release)
  const otherPower = other(
    (each, t) =>
      each.site === way.site &&
      each.pool === way.pool &&
      each.level !== way.level &&
      each.gang === way.gang &&
      t === start,
  )
  const yuanPerMwh = worthOfMegawatt(snapshot, plan, placement)
  return {
    job: job.name,
    placement,
    here: texts.here(chosen, elsewhere),
    now: texts.now(chosen, atOnce, timeOf(start, snapshot)),
    power: texts.power(chosen, otherPower, snapshot.classes[job.class]![placement.chip]!),
    waitsFor: start === job.release ? texts.doesNotWait() : texts.waitsFor(scarcest(snapshot, plan, way, job.release)),
    yuanPerMwh,
    megawatt: texts.megawatt(placement.site, yuanPerMwh),
    chosen,
    alternatives: [elsewhere, atOnce, otherPower].filter((each) => each !== undefined),
  }
}

function unserved(snapshot: Snapshot, plan: Plan, job: Job): Why {
  const best = pricedColumns(snapshot, plan.prices, job).cheapest(() => true)
  if (!best) return { ...nothing(job), waitsFor: texts.fitsNowhere(), megawatt: texts.noMegawatt() }
  const { way, start } = best
  const placement = placementOf(job.name, way, start)
  const yuanPerMwh = worthOfMegawatt(snapshot, plan, placement)
  const short = quotaShort(snapshot, plan, job)
  const waitsFor = short
    ? texts.overQuota(job.participant, short)
    : texts.notServed(best, job.valueYuan, scarcest(snapshot, plan, way, start))
  return {
    ...nothing(job),
    waitsFor,
    yuanPerMwh,
    megawatt: texts.megawatt(way.site.name, yuanPerMwh),
    alternatives: [best],
  }
}

const nothing = (job: Job) => ({ job: job.name, placement: undefined, yuanPerMwh: 0, alternatives: [] })

const same = (a: Way, b: Way): boolean => a.pool === b.pool && a.level === b.level && a.gang === b.gang

/** Mean price of power at the site while the job runs, yuan for one MW through one hour. */
function worthOfMegawatt(snapshot: Snapshot, plan: Plan, { site, start, slots }: Placement): number {
  const prices = limitPrices(snapshot, plan.prices, site).slice(start, start + slots)
  const mean = prices.reduce((sum, price) => sum + price, 0) / slots
  return (mean * 1000) / (snapshot.slotMinutes / 60)
}
