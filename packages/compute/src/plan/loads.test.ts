import { seededRandom, uniform } from '@dengta/statistics'
import { describe, expect, test } from 'vitest'
import { readSnapshot } from '../model/read-snapshot.ts'
import { SAMPLE_YAML } from '../model/sample-snapshot.fixture.ts'
import type { Goal } from './best-column.ts'
import { type Prices, sumPrices, zeroPrices } from './prices.ts'
import { problemOf } from './problem.ts'
import { relax, relaxerOf } from './relaxation.ts'
import { columnPrice } from './usage.ts'

const problem = problemOf(readSnapshot(SAMPLE_YAML))
const random = seededRandom(5)
const drawn = (row: Float64Array): Float64Array => row.map(() => uniform(random))

function drawnPrices(): Prices {
  const { chips, gangs, power, quota, demand } = zeroPrices(problem)
  return { chips: drawn(chips), gangs: drawn(gangs), power: drawn(power), quota: drawn(quota), demand: drawn(demand) }
}

/** What a way holds in one slot, row by row of the prices. */
function slotYuan(prices: Prices, way: number, t: number): number {
  const { slots, wayPool, poolSite, wayKind, firstShare, shareRow, share, wayChips, wayKw, pue, energyYuan } = problem
  const pool = wayPool[way]!
  const site = poolSite[pool]!
  const kind = wayKind[way]!
  let yuan = wayChips[way]! * prices.chips[pool * slots + t]!
  for (let i = firstShare[kind]!; i < firstShare[kind + 1]!; i += 1)
    yuan += share[i]! * prices.gangs[shareRow[i]! * slots + t]!
  let meter = prices.demand[site * slots + t]!
  for (const node of problem.chains[site]!) meter += prices.power[node * slots + t]!
  return yuan + wayKw[way]! * (energyYuan[site * slots + t]! + pue[site * slots + t]! * meter)
}

describe('loads', () => {
  test('a column costs by the sums of its load what it costs slot by slot', () => {
    const prices = drawnPrices()
    const sums = sumPrices(problem, prices, 1)
    for (let j = 0; j < problem.jobs; j += 1)
      for (let way = problem.firstWay[j]!; way < problem.firstWay[j + 1]!; way += 1) {
        const at = { j, way, start: problem.release[j]! }
        const later = { j, way, start: problem.deadline[j]! - problem.waySlots[way]! }
        const moved = columnPrice(problem, sums, later) - columnPrice(problem, sums, at)
        const sum = (start: number): number =>
          Array.from({ length: problem.waySlots[way]! }, (_, i) => slotYuan(prices, way, start + i)).reduce(
            (a, b) => a + b,
            0,
          )
        const delay = problem.delayYuan[j]! * (later.start - at.start)
        expect(moved).toBeCloseTo(sum(later.start) - sum(at.start) + delay, 9)
      }
  })

  test('ways with the same chips of a pool and the same kW share a load, others do not', () => {
    const { ways, wayLoad, wayPool, wayChips, wayKw } = problem
    const what = (way: number): string => `${wayPool[way]} ${wayChips[way]} ${wayKw[way]}`
    const all = [...ways.keys()]
    const pairs = new Set(all.map((way) => `${wayLoad[way]}: ${what(way)}`))
    expect(pairs.size).toBe(problem.loadKind.length)
    expect(pairs.size).toBe(new Set(all.map(what)).size)
  })
})

test('a relaxation that is used again gives what a new one gives', () => {
  const goal: Goal = { running: 1, leaveOut: problem.unservedYuan }
  const again = relaxerOf(problem, goal)
  for (let i = 0; i < 5; i += 1) {
    const prices = drawnPrices()
    const { bound, usage } = again(prices)
    expect({ bound, usage }).toEqual(relax(problem, prices, goal))
  }
})
