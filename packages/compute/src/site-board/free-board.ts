import type { FreeBoard } from '@dengta/sdk'
import { slotAt } from '../day/day.ts'
import { powerBySite } from '../model/cost.ts'
import type { Site, Snapshot } from '../model/snapshot.ts'
import { feedersAbove } from '../plan/check-bound.ts'
import { chipsByPool } from './chips-by-pool.ts'
import type { OpenedPlan } from './opened-plans.ts'
import { rounded } from './round.ts'
import { feederKw } from './site-board.ts'

export const NOTHING_PLANNED: FreeBoard = { slotMinutes: 15, slots: 0, now: -1, pools: [], sites: [] }

/** What a plan leaves free, by slot; shows no job and no participant. Pure. */
export function freeBoard({ run, day, snapshot, plan }: OpenedPlan, now: Date): FreeBoard {
  const used = chipsByPool(snapshot, plan.placements)
  const left = freeKw(snapshot, powerBySite(snapshot, plan.placements))
  return {
    ...{ plan: run.id, startsAt: day.startsAt.toISOString(), now: slotAt(day, now) },
    ...{ slotMinutes: snapshot.slotMinutes, slots: snapshot.slots },
    pools: snapshot.sites.flatMap((site, s) =>
      site.pools.map(({ chip, trust, count }, p) => ({
        ...{ site: site.name, chip, trust, count },
        free: freeChips(snapshot, site, { chip, idle: used[s]![p]!.map((chips) => count - chips), kw: left[s]! }),
      })),
    ),
    sites: snapshot.sites.map((site, s) => ({
      site: site.name,
      yuanPerKwh: rounded(site.yuanPerKwh, 4),
      carbonKgPerKwh: rounded(site.carbonKgPerKwh, 4),
      freeKw: rounded(left[s]!, 3),
    })),
  }
}

/** Power left at the meter of each site under its envelope, its reserve and every feeder above, kW by slot. */
function freeKw(snapshot: Snapshot, power: readonly Float64Array[]): Float64Array[] {
  const below = new Map(
    snapshot.feeders.map(({ name, limitKw }) => {
      const drawn = feederKw(snapshot, name, power)
      return [name, limitKw.map((limit, t) => limit - drawn[t]!)]
    }),
  )
  return snapshot.sites.map((site, s) =>
    Float64Array.from(site.envelopeKw, (kw, t) => {
      const feeders = feedersAbove(snapshot, site).map((name) => below.get(name)![t]!)
      return Math.max(0, Math.min(kw - site.reserveKw[t]! - power[s]![t]!, ...feeders))
    }),
  )
}

interface Pool {
  readonly chip: string
  readonly idle: Int32Array
  readonly kw: Float64Array
}

/** Idle chips that the power left can feed at the lowest level of any class; none where no class can use the chip. */
function freeChips(snapshot: Snapshot, site: Site, { chip, idle, kw }: Pool): number[] {
  const watts = Math.min(
    ...Object.values(snapshot.classes).flatMap((curves) => (curves[chip] ?? []).map((level) => level.watts)),
  )
  if (!Number.isFinite(watts)) return Array(snapshot.slots).fill(0)
  return Array.from(idle, (chips, t) => {
    const fed = watts === 0 ? chips : Math.floor((kw[t]! * 1000) / (watts * site.pue[t]!) + 1e-9)
    return Math.max(0, Math.min(chips, fed))
  })
}
