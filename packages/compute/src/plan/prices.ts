import type { Problem } from './problem.ts'

/**
 * What scarce things cost, in yuan, never below zero: a chip through a slot by pool, a kW at the meter through a slot by power
 * node, a chip-hour by quota, a kW towards the demand charge by site and slot.
 */
export interface Prices {
  readonly chips: Float64Array
  readonly power: Float64Array
  readonly quota: Float64Array
  readonly demand: Float64Array
}

export const PRICE_KINDS = ['chips', 'power', 'quota', 'demand'] as const

export function zeroPrices(problem: Problem): Prices {
  const { pools, nodes, sites, slots } = problem
  return {
    chips: new Float64Array(pools * slots),
    power: new Float64Array(nodes * slots),
    quota: new Float64Array(problem.quotaHours.length),
    demand: new Float64Array(sites * slots),
  }
}

export function copyPrices(prices: Prices): Prices {
  const { chips, power, quota, demand } = prices
  return { chips: chips.slice(), power: power.slice(), quota: quota.slice(), demand: demand.slice() }
}

/** Running sums over slots, so that a column's price is two differences. Rows have `slots + 1` values. */
export interface PriceSums {
  readonly chips: Float64Array
  /** For one kW of chips, by site: energy (unless left out), and the prices of every node above, all through PUE. */
  readonly power: Float64Array
  readonly quota: Float64Array
}

/** `energy` 1 counts electricity and carbon, 0 leaves them out. */
export function sumPrices(problem: Problem, prices: Prices, energy: 0 | 1): PriceSums {
  const { pools, sites, slots } = problem
  const chips = new Float64Array(pools * (slots + 1))
  const power = new Float64Array(sites * (slots + 1))
  for (let p = 0; p < pools; p += 1)
    for (let t = 0; t < slots; t += 1) {
      const at = p * (slots + 1) + t
      chips[at + 1] = chips[at]! + prices.chips[p * slots + t]!
    }
  for (let s = 0; s < sites; s += 1)
    for (let t = 0; t < slots; t += 1) {
      const at = s * (slots + 1) + t
      const own = problem.energyYuan[s * slots + t]! * energy
      power[at + 1] = power[at]! + own + problem.pue[s * slots + t]! * meterPrice(problem, prices, s, t)
    }
  return { chips, power, quota: prices.quota }
}

/** Yuan that one more kW at the meter of a site in a slot is worth: its own limit, every feeder above, the demand charge. */
function meterPrice(problem: Problem, prices: Prices, site: number, t: number): number {
  let price = prices.demand[site * problem.slots + t]!
  for (const node of problem.chains[site]!) price += prices.power[node * problem.slots + t]!
  return price
}
