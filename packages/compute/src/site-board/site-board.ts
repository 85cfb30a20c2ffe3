import type { SiteBoard } from '@dengta/sdk'
import { powerBySite } from '../model/cost.ts'
import type { Band, Site, Snapshot } from '../model/snapshot.ts'
import { feedersAbove } from '../plan/check-bound.ts'
import type { Plan } from '../plan/plan.ts'
import { limitPrices } from '../why/priced-column.ts'
import { chipsByPool } from './chips-by-pool.ts'
import type { OpenedPlan } from './opened-plans.ts'
import { rounded } from './round.ts'

/** Every site and feeder by slot under a plan. Pure. */
export function siteBoard({ run, day, snapshot, plan }: OpenedPlan): SiteBoard {
  const power = powerBySite(snapshot, plan.placements)
  const used = chipsByPool(snapshot, plan.placements)
  return {
    ...{ plan: run.id, day: day.id, dayName: day.name, startsAt: day.startsAt.toISOString() },
    ...{ slotMinutes: snapshot.slotMinutes, slots: snapshot.slots },
    sites: snapshot.sites.map((site, s) => siteSeries({ snapshot, plan }, site, { kw: power[s]!, used: used[s]! })),
    feeders: snapshot.feeders.map(({ name, parent, limitKw }) => ({
      feeder: name,
      ...(parent !== undefined && { parent }),
      limitKw: rounded(limitKw, 3),
      plannedKw: rounded(feederKw(snapshot, name, power), 3),
      shadowYuanPerMwh: perMwh(snapshot, plan.prices.feeders[name]!),
    })),
  }
}

interface Drawn {
  readonly kw: Float64Array
  /** Chips in use by pool and slot. */
  readonly used: readonly Int32Array[]
}

function siteSeries(
  { snapshot, plan }: { readonly snapshot: Snapshot; readonly plan: Plan },
  site: Site,
  { kw, used }: Drawn,
): SiteBoard['sites'][number] {
  return {
    site: site.name,
    ...(site.feeder !== undefined && { feeder: site.feeder }),
    envelopeKw: rounded(site.envelopeKw, 3),
    ...(site.band && { band: roundedBand(site.band) }),
    reserveKw: rounded(site.reserveKw, 3),
    plannedKw: rounded(kw, 3),
    yuanPerKwh: rounded(site.yuanPerKwh, 4),
    carbonKgPerKwh: rounded(site.carbonKgPerKwh, 4),
    pue: rounded(site.pue, 4),
    shadowYuanPerMwh: perMwh(snapshot, limitPrices(snapshot, plan.prices, site.name)),
    pools: site.pools.map(({ chip, trust, count }, p) => ({
      ...{ chip, trust, count, used: [...used[p]!] },
      shadowYuanPerChipHour: rounded(
        plan.prices.chips[site.name]![chip]!.map((yuan) => (yuan * 60) / snapshot.slotMinutes),
        4,
      ),
    })),
    total: totals(snapshot, site, kw),
  }
}

function roundedBand({ lowKw, expectedKw, highKw }: Band) {
  return { lowKw: rounded(lowKw, 3), expectedKw: rounded(expectedKw, 3), highKw: rounded(highKw, 3) }
}

function totals(
  { slotMinutes }: Snapshot,
  site: Site,
  kw: Float64Array,
): { kwh: number; carbonKg: number; yuan: number } {
  const hours = slotMinutes / 60
  const sum = (weight: (t: number) => number): number => kw.reduce((all, each, t) => all + each * hours * weight(t), 0)
  const [kwh, carbonKg, yuan] = rounded(
    [sum(() => 1), sum((t) => site.carbonKgPerKwh[t]!), sum((t) => site.yuanPerKwh[t]!)],
    2,
  )
  return { kwh: kwh!, carbonKg: carbonKg!, yuan: yuan! }
}

/** Power of all sites below a feeder, kW by slot. */
export function feederKw(snapshot: Snapshot, feeder: string, power: readonly Float64Array[]): Float64Array {
  const kw = new Float64Array(snapshot.slots)
  for (const [s, site] of snapshot.sites.entries())
    if (feedersAbove(snapshot, site).includes(feeder)) for (let t = 0; t < kw.length; t += 1) kw[t]! += power[s]![t]!
  return kw
}

/** Yuan for one kW through a slot, as yuan for one MW through an hour. */
function perMwh({ slotMinutes }: Snapshot, prices: readonly number[]): number[] {
  return rounded(
    prices.map((yuan) => (yuan * 1000 * 60) / slotMinutes),
    2,
  )
}
