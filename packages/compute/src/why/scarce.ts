import type { Snapshot } from '../model/snapshot.ts'
import type { Way } from '../model/way.ts'
import { heldPrice } from '../plan/held-price.ts'
import type { Plan } from '../plan/plan.ts'
import { limitPrices } from './priced-column.ts'

/** What the way would have had to take from others, had it started in slot `from`. */
export interface Scarce {
  readonly what: 'chips' | 'power' | 'nothing'
  readonly site: string
  readonly yuan: number
}

/** Which of chips and power is worth more to others along a way that starts in slot `from`. */
export function scarcest(snapshot: Snapshot, plan: Plan, way: Way, from: number): Scarce {
  const start = Math.min(from, snapshot.slots - way.slots)
  const sum = (prices: readonly number[]): number => prices.slice(start, start + way.slots).reduce((a, b) => a + b, 0)
  const chips = sum(heldPrice(plan.prices, way.site, way.pool, way.chips))
  const power =
    way.kw * sum(limitPrices(snapshot, plan.prices, way.site.name).map((yuan, t) => yuan * way.site.pue[t]!))
  const site = way.site.name
  if (chips === 0 && power === 0) return { what: 'nothing', site, yuan: 0 }
  return chips >= power ? { what: 'chips', site, yuan: chips } : { what: 'power', site, yuan: power }
}
