import { PRICE_KINDS, type Prices, zeroPrices } from '../plan/prices.ts'
import type { Problem } from '../plan/problem.ts'
import type { WindowPrices } from './online-state.ts'

/** Prices of an older window moved on to `now`: slots that have passed fall off, slots that are new cost what the last one did. */
export function warmPrices(problem: Problem, old: WindowPrices | undefined, now: number): Prices {
  const prices = zeroPrices(problem)
  if (!old) return prices
  for (const kind of PRICE_KINDS) {
    if (kind === 'quota' || kind === 'demand') continue
    const rows = prices[kind].length / problem.slots
    if (old.prices[kind].length !== rows * old.slots) continue
    moveRows(prices[kind], old.prices[kind], { slots: problem.slots, oldSlots: old.slots, by: now - old.now })
  }
  return prices
}

interface Move {
  readonly slots: number
  readonly oldSlots: number
  readonly by: number
}

function moveRows(to: Float64Array, from: Float64Array, { slots, oldSlots, by }: Move): void {
  for (let i = 0; i < to.length; i += 1) {
    const row = Math.floor(i / slots)
    const t = Math.min(oldSlots - 1, (i % slots) + by)
    to[i] = from[row * oldSlots + t]!
  }
}
