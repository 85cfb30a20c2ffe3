import type { LinearColumns } from '../linear/linear-model.ts'
import { bestColumn, bestStart, type Column, wayYuan } from './best-column.ts'
import { type PriceSums, type Prices, sumPrices, zeroPrices } from './prices.ts'
import type { Problem } from './problem.ts'
import { valueGoal } from './service-bound.ts'

/** A column that was offered: job `j` in way `way` from slot `start` on. */
export interface Offer {
  readonly j: number
  readonly way: number
  readonly start: number
}

/** What each row of the program may hold: each job once, chips, kW, whole gangs, chip-hours of quotas. */
export function rowLimits(problem: Problem): Float64Array {
  const { chipLimit, limitKw, gangLimit, quotaHours } = problem
  const jobs = new Float64Array(problem.jobs).fill(1)
  return Float64Array.from([...jobs, ...chipLimit, ...limitKw, ...gangLimit, ...quotaHours])
}

/** Prices of the rows by kind, in the order of `rowLimits`. */
export function rowPrices(problem: Problem, prices: Float64Array): Prices & { readonly jobs: Float64Array } {
  let at = 0
  const next = (length: number): Float64Array => {
    at += length
    return prices.subarray(at - length, at)
  }
  const { jobs, chipLimit, limitKw, gangLimit, quotaHours } = problem
  const own = next(jobs)
  const chips = next(chipLimit.length)
  const power = next(limitKw.length)
  const gangs = next(gangLimit.length)
  return { jobs: own, chips, power, gangs, quota: next(quotaHours.length), demand: zeroPrices(problem).demand }
}

/** The offers as columns that take the value of their jobs off what is left out. */
export function columnsOf(problem: Problem, offers: readonly Offer[]): LinearColumns {
  const starts = new Int32Array(offers.length + 1)
  for (const [c, offer] of offers.entries()) starts[c + 1] = starts[c]! + entriesOf(problem, offer)
  const rows = new Int32Array(starts[offers.length]!)
  const values = new Float64Array(rows.length)
  let at = 0
  const put = (row: number, value: number): void => {
    rows[at] = row
    values[at] = value
    at += 1
  }
  for (const offer of offers) putOffer(problem, offer, put)
  return { cost: Float64Array.from(offers, ({ j }) => -problem.unservedYuan[j]!), starts, rows, values }
}

function entriesOf(problem: Problem, { j, way }: Offer): number {
  const kind = problem.wayKind[way]!
  const chain = problem.chains[problem.poolSite[problem.wayPool[way]!]!]!
  const series = 1 + chain.length + problem.firstShare[kind + 1]! - problem.firstShare[kind]!
  return 1 + series * problem.waySlots[way]! + (problem.quotaOf[j]! < 0 ? 0 : 1)
}

function putOffer(problem: Problem, { j, way, start }: Offer, put: (row: number, value: number) => void): void {
  const { slots, jobs, pools, nodes, gangPool } = problem
  const end = start + problem.waySlots[way]!
  const pool = problem.wayPool[way]!
  const site = problem.poolSite[pool]!
  const kind = problem.wayKind[way]!
  const chips = jobs
  const power = chips + pools * slots
  const gangs = power + nodes * slots
  put(j, 1)
  for (let t = start; t < end; t += 1) put(chips + pool * slots + t, problem.wayChips[way]!)
  for (const node of problem.chains[site]!)
    for (let t = start; t < end; t += 1)
      put(power + node * slots + t, problem.wayKw[way]! * problem.pue[site * slots + t]!)
  for (let i = problem.firstShare[kind]!; i < problem.firstShare[kind + 1]!; i += 1)
    for (let t = start; t < end; t += 1) put(gangs + problem.shareRow[i]! * slots + t, problem.share[i]!)
  const quota = problem.quotaOf[j]!
  if (quota >= 0) put(gangs + gangPool.length * slots + quota, problem.wayHours[way]!)
}

/** Entries of the first program, at most: about 1.5 million at 1,000 jobs and four sites; more takes longer than a plan should. */
const MOST_ENTRIES = 4_000_000

/** Columns of every job that cost at most `within` yuan more than its best at these prices; nothing where they are too many. */
export function nearOffers(problem: Problem, prices: Prices, within: number): Offer[] | undefined {
  const sums = sumPrices(problem, { ...prices, demand: zeroPrices(problem).demand }, 0)
  const offers: Offer[] = []
  let entries = 0
  for (let j = 0; j < problem.jobs; j += 1) {
    const counted = offers.length
    const most = bestColumn(problem, sums, valueGoal(problem), j).yuan + within
    for (let way = problem.firstWay[j]!; way < problem.firstWay[j + 1]!; way += 1)
      for (let start = problem.release[j]!; start + problem.waySlots[way]! <= problem.deadline[j]!; start += 1)
        if (servedYuan(problem, sums, { j, way, start }) <= most) offers.push({ j, way, start })
    for (const offer of offers.slice(counted)) entries += entriesOf(problem, offer)
    if (entries > MOST_ENTRIES) return undefined
  }
  return offers
}

/** What a column pays for limits alone. */
function servedYuan(problem: Problem, sums: PriceSums, { j, way, start }: Offer): number {
  const row = problem.wayLoad[way]! * (problem.slots + 1)
  const run = sums.loads[row + start + problem.waySlots[way]!]! - sums.loads[row + start]!
  return wayYuan(problem, sums, valueGoal(problem), { j, way }) + run
}

/** The cheapest column of each way of job `j` that is cheaper than `most` yuan. */
export function cheaperOffers(problem: Problem, sums: PriceSums, j: number, most: number): Offer[] {
  const offers: Offer[] = []
  for (let way = problem.firstWay[j]!; way < problem.firstWay[j + 1]!; way += 1) {
    const best: Column = { way: -1, start: 0, yuan: most }
    bestStart(problem, sums, valueGoal(problem), { j, way, best })
    if (best.way >= 0) offers.push({ j, way, start: best.start })
  }
  return offers
}
