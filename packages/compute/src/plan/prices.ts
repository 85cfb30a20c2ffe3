import type { Problem } from './problem.ts'

/**
 * What scarce things cost, in yuan, never below zero: a chip through a slot by pool, a kW at the meter through a slot by power
 * node, a whole gang through a slot by gang row, a chip-hour by quota, a kW towards the demand charge by site and slot.
 */
export interface Prices {
  readonly chips: Float64Array
  readonly gangs: Float64Array
  readonly power: Float64Array
  readonly quota: Float64Array
  readonly demand: Float64Array
}

export const PRICE_KINDS = ['chips', 'gangs', 'power', 'quota', 'demand'] as const

export function zeroPrices(problem: Problem): Prices {
  const { pools, nodes, sites, slots } = problem
  return {
    chips: new Float64Array(pools * slots),
    gangs: new Float64Array(problem.gangLimit.length),
    power: new Float64Array(nodes * slots),
    quota: new Float64Array(problem.quotaHours.length),
    demand: new Float64Array(sites * slots),
  }
}

export function copyPrices(prices: Prices): Prices {
  const { chips, gangs, power, quota, demand } = prices
  return {
    chips: chips.slice(),
    gangs: gangs.slice(),
    power: power.slice(),
    quota: quota.slice(),
    demand: demand.slice(),
  }
}

/** Running sums over slots, so that a column's price is two differences. Rows have `slots + 1` values. */
export interface PriceSums {
  /** For holding all chips of a way, by its kind: each chip, and its shares of whole gangs. */
  readonly held: Float64Array
  /** For one kW of chips, by site: energy (unless left out), and the prices of every node above, all through PUE. */
  readonly power: Float64Array
  readonly quota: Float64Array
}

/** `energy` 1 counts electricity and carbon, 0 leaves them out. */
export function sumPrices(problem: Problem, prices: Prices, energy: 0 | 1): PriceSums {
  const { sites, slots } = problem
  const power = new Float64Array(sites * (slots + 1))
  for (let s = 0; s < sites; s += 1)
    for (let t = 0; t < slots; t += 1) {
      const at = s * (slots + 1) + t
      const own = problem.energyYuan[s * slots + t]! * energy
      power[at + 1] = power[at]! + own + problem.pue[s * slots + t]! * meterPrice(problem, prices, s, t)
    }
  return { held: sumHeld(problem, prices), power, quota: prices.quota }
}

function sumHeld(problem: Problem, prices: Prices): Float64Array {
  const { slots, kindPool, kindChips, firstShare, shareRow, share } = problem
  const held = new Float64Array(kindPool.length * (slots + 1))
  for (let kind = 0; kind < kindPool.length; kind += 1)
    for (let t = 0; t < slots; t += 1) {
      const at = kind * (slots + 1) + t
      let price = kindChips[kind]! * prices.chips[kindPool[kind]! * slots + t]!
      for (let i = firstShare[kind]!; i < firstShare[kind + 1]!; i += 1)
        price += share[i]! * prices.gangs[shareRow[i]! * slots + t]!
      held[at + 1] = held[at]! + price
    }
  return held
}

/** Yuan that one more kW at the meter of a site in a slot is worth: its own limit, every feeder above, the demand charge. */
function meterPrice(problem: Problem, prices: Prices, site: number, t: number): number {
  let price = prices.demand[site * problem.slots + t]!
  for (const node of problem.chains[site]!) price += prices.power[node * problem.slots + t]!
  return price
}
