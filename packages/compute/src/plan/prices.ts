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

/** Running sums over slots, so that a column's price is a difference. */
export interface PriceSums {
  /**
   * Yuan of a load from the first slot on; a row of `slots + 1` values for each. Its chips, its shares of whole gangs, and its kW:
   * energy (unless left out) and the prices of every node above, all through PUE.
   */
  readonly loads: Float64Array
  readonly quota: Float64Array
}

/** `energy` 1 counts electricity and carbon, 0 leaves them out. Writes into `loads` where it is given. */
export function sumPrices(problem: Problem, prices: Prices, energy: 0 | 1, into?: Float64Array): PriceSums {
  const { slots, loadKind, loadKw, kindPool, poolSite } = problem
  const loads = into ?? new Float64Array(loadKind.length * (slots + 1))
  const held = heldPrices(problem, prices)
  const power = powerPrices(problem, prices, energy)
  for (let load = 0; load < loadKind.length; load += 1) {
    const kind = loadKind[load]!
    const kw = loadKw[load]!
    const heldRow = kind * slots
    const powerRow = poolSite[kindPool[kind]!]! * slots
    const row = load * (slots + 1)
    let yuan = 0
    for (let t = 0; t < slots; t += 1) {
      yuan += held[heldRow + t]! + kw * power[powerRow + t]!
      loads[row + t + 1] = yuan
    }
  }
  return { loads, quota: prices.quota }
}

/** Yuan for one kW of chips through each slot, by site. */
function powerPrices(problem: Problem, prices: Prices, energy: 0 | 1): Float64Array {
  const { energyYuan, pue, slots } = problem
  return energyYuan.map(
    (yuan, at) => yuan * energy + pue[at]! * meterPrice(problem, prices, (at / slots) | 0, at % slots),
  )
}

/** Yuan for all chips of a kind, and their shares of whole gangs, through each slot. */
function heldPrices(problem: Problem, prices: Prices): Float64Array {
  const { slots, kindPool, kindChips, firstShare, shareRow, share } = problem
  const held = new Float64Array(kindPool.length * slots)
  for (let kind = 0; kind < kindPool.length; kind += 1)
    for (let t = 0; t < slots; t += 1) {
      let price = kindChips[kind]! * prices.chips[kindPool[kind]! * slots + t]!
      for (let i = firstShare[kind]!; i < firstShare[kind + 1]!; i += 1)
        price += share[i]! * prices.gangs[shareRow[i]! * slots + t]!
      held[kind * slots + t] = price
    }
  return held
}

/** Yuan that one more kW at the meter of a site in a slot is worth: its own limit, every feeder above, the demand charge. */
function meterPrice(problem: Problem, prices: Prices, site: number, t: number): number {
  const { chains, slots } = problem
  const chain = chains[site]!
  let price = prices.demand[site * slots + t]!
  for (let i = 0; i < chain.length; i += 1) price += prices.power[chain[i]! * slots + t]!
  return price
}
