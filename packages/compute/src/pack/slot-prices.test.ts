import { describe, expect, test } from 'vitest'
import { slotPrices } from './slot-prices.ts'

const pools = [
  { watts: 100, slots: 10 },
  { watts: 200, slots: 10 },
  { watts: 400, slots: 10 },
]
/** Half the slots are asked for at full power, half at 0.5. */
const demands = [
  { slots: 0.5, draw: 1 },
  { slots: 0.5, draw: 0.5 },
]
const pricesAt = (budget: number, cpuWatts = 0): number[] => [...slotPrices({ pools, demands, cpuWatts, budget })]

describe('prices of free slots', () => {
  test('are nothing while the cheapest pool is not full', () => {
    expect(pricesAt(700)).toEqual([0, 0, 0])
  })

  test('step down by what the task at the edge saves on the cheaper pool', () => {
    // 16 slots: 8 at full power and 2 at half on 100 W, 6 at half on 200 W; the edge task draws half.
    expect(pricesAt(800 + 100 + 600)).toEqual([50, 0, 0])
    // 26 slots: 10 full on 100 W, 3 full and 7 half on 200 W, 6 half on 400 W.
    expect(pricesAt(1000 + 600 + 700 + 1200)).toEqual([200, 100, 0])
  })

  test('count the watts of CPU', () => {
    expect(pricesAt(1500 + 16 * 10, 10)).toEqual([50, 0, 0])
    expect(pricesAt(1500, 100)).toEqual([0, 0, 0])
  })

  test('hold for a budget that is used up, and for one that is never used up', () => {
    expect(pricesAt(-1)).toEqual([0, 0, 0])
    expect(pricesAt(1e9)).toEqual([200, 100, 0])
    expect([...slotPrices({ pools: [], demands, cpuWatts: 0, budget: 5 })]).toEqual([])
  })
})
