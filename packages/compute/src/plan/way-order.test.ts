import { seededRandom } from '@dengta/statistics'
import { describe, expect, test } from 'vitest'
import { readSnapshot } from '../model/read-snapshot.ts'
import { SAMPLE_YAML } from '../model/sample-snapshot.fixture.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { cheapestFit, fits } from './insertion.ts'
import { sumPrices, zeroPrices } from './prices.ts'
import { type Problem, problemOf } from './problem.ts'
import { columnPrice, emptyPlan, place, type Usage } from './usage.ts'
import { type Guide, guideOf } from './way-order.ts'

const sample = readSnapshot(SAMPLE_YAML)
const random = seededRandom(11)

/** The sample three times over, so that room runs out. */
const crowded: Snapshot = {
  ...sample,
  jobs: [0, 1, 2].flatMap((i) => sample.jobs.map((job) => ({ ...job, name: `${job.name}-${i}` }))),
}

/** Every column of a job that has room, looked at one by one: what leaving it out costs where none is cheaper. */
function leastYuan(usage: Usage, guide: Guide, j: number): number {
  const { problem } = usage
  let least = problem.unservedYuan[j]!
  const quota = problem.quotaOf[j]!
  for (let way = problem.firstWay[j]!; way < problem.firstWay[j + 1]!; way += 1) {
    if (quota >= 0 && problem.wayHours[way]! > usage.quotaFree[quota]!) continue
    for (let start = problem.release[j]!; start + problem.waySlots[way]! <= problem.deadline[j]!; start += 1)
      if (fits(usage, { way, start })) least = Math.min(least, columnPrice(problem, guide, { j, way, start }))
  }
  return least
}

function drawnGuide(problem: Problem): Guide {
  const zero = zeroPrices(problem)
  const drawn = (row: Float64Array): Float64Array => row.map(() => (random() % 100) / 50)
  const prices = { ...zero, chips: drawn(zero.chips), power: drawn(zero.power) }
  return guideOf(problem, sumPrices(problem, prices, 1))
}

describe('guideOf', () => {
  test('an insertion that skips dear ways finds what looking at every column finds, while room runs out', () => {
    const problem = problemOf(crowded)
    const usage = emptyPlan(problem)
    let placed = 0
    for (let j = 0; j < problem.jobs; j += 1) {
      const guide = drawnGuide(problem)
      const { way, start, yuan } = cheapestFit(usage, guide, j)
      expect(yuan).toBeCloseTo(leastYuan(usage, guide, j), 6)
      if (way < 0) continue
      expect(columnPrice(problem, guide, { j, way, start })).toBeCloseTo(yuan, 6)
      place(usage, j, way, start)
      placed += 1
    }
    expect(placed).toBeGreaterThan(0)
  })

  test('ways of a job stay its own, cheapest first', () => {
    const problem = problemOf(sample)
    const { ways, least } = drawnGuide(problem).order
    for (let j = 0; j < problem.jobs; j += 1) {
      const own = [...ways.subarray(problem.firstWay[j], problem.firstWay[j + 1])]
      expect(own.toSorted((a, b) => a - b)).toEqual(own.map((_, i) => problem.firstWay[j]! + i))
      const costs = [...least.subarray(problem.firstWay[j], problem.firstWay[j + 1])]
      expect(costs).toEqual(costs.toSorted((a, b) => a - b))
    }
  })
})
