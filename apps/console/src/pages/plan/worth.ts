import type { SiteBoard } from '@dengta/sdk'

/** What a limit is worth at its dearest: the price that proves how scarce it is. */
export interface Worth {
  readonly of: 'site' | 'feeder' | 'chips'
  readonly name: string
  /** Yuan an hour: for one MW of power, or for one chip. */
  readonly yuan: number
  /** Slot of the highest price; slots with any price at all. */
  readonly slot: number
  readonly scarce: number
}

/** Every limit of a plan, the dearest of its kind first; limits that bind nowhere stand last with 0 yuan. */
export function worthOf({ sites, feeders }: SiteBoard): readonly Worth[] {
  const all = [
    ...sites.map((site) => dearest('site', site.site, site.shadowYuanPerMwh)),
    ...feeders.map((feeder) => dearest('feeder', feeder.feeder, feeder.shadowYuanPerMwh)),
    ...sites.flatMap(({ site, pools }) =>
      pools.map((pool) => dearest('chips', `${site} · ${pool.chip}`, pool.shadowYuanPerChipHour)),
    ),
  ]
  const order = ['site', 'feeder', 'chips']
  return all.sort((a, b) => order.indexOf(a.of) - order.indexOf(b.of) || b.yuan - a.yuan)
}

function dearest(of: Worth['of'], name: string, prices: readonly number[]): Worth {
  const slot = prices.reduce((best, price, i) => (price > prices[best]! ? i : best), 0)
  return { of, name, yuan: prices[slot] ?? 0, slot, scarce: prices.filter((price) => price > 0).length }
}
