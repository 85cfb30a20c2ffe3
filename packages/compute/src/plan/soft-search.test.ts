import { seededRandom } from '@dengta/statistics'
import { describe, expect, test } from 'vitest'
import { fullDay } from './full-day.fixture.ts'
import { guidesOf } from './guides.ts'
import { nearColumns } from './near-columns.ts'
import { type Prices, zeroPrices } from './prices.ts'
import { type Problem, problemOf } from './problem.ts'
import { valueBound } from './service-bound.ts'
import { fineFor, raiseFines, type SoftLimits, type Stay, softLimits, use } from './soft-limits.ts'
import { softSearch } from './soft-search.ts'
import type { Usage } from './usage.ts'

function pricesOf(problem: Problem): Prices {
  return valueBound(problem, { iterations: 100, yuan: 10_000, from: zeroPrices(problem) }).prices
}

function search(problem: Problem, seed: number): Usage {
  const prices = pricesOf(problem)
  const guide = guidesOf(problem, prices)[0]!
  return softSearch(problem, { random: seededRandom(seed), moves: 40_000, prices, guide })
}

const least = ({ chipsFree, nodeFree, quotaFree }: Usage): number =>
  [chipsFree, nodeFree, quotaFree].flatMap((free) => [...free]).reduce((a, b) => Math.min(a, b))

const finesDue = ({ free, fine }: SoftLimits): number =>
  free.reduce((sum, left, i) => sum + (left < 0 ? -left * fine[i]! : 0), 0)

describe('search over soft limits', () => {
  test.each([1, 2, 3, 4])('answers with a plan that keeps every limit and quota, day %i', (seed) => {
    const usage = search(problemOf(fullDay(seed, 60)), seed)
    expect(least(usage)).toBeGreaterThan(-1e-6)
    expect(usage.left).toBeGreaterThan(0)
    expect(usage.left).toBeLessThan(60)
  })

  test('gives the same plan for the same seed', () => {
    const problem = problemOf(fullDay(5))
    const [once, again] = [search(problem, 7), search(problem, 7)]
    expect(again.way).toEqual(once.way)
    expect(again.start).toEqual(once.start)
  })

  test('a fine foretold is the fine that is due: 2,000 jobs put in and taken out', () => {
    const problem = problemOf(fullDay(6, 60))
    const limits = softLimits(problem, pricesOf(problem))
    const random = seededRandom(1)
    const inside: Stay[] = []
    for (let i = 0; i < 2000; i += 1) {
      if (i % 50 === 0) raiseFines(limits, 1 + i / 1000)
      const stay = drawn(problem, random)
      const out = inside.length > 40 ? inside.shift() : undefined
      const [changed, sign] = out ? [out, -1 as const] : [stay, 1 as const]
      if (!out) inside.push(stay)
      const foretold = sign * fineFor(limits, changed, sign)
      const before = finesDue(limits)
      use(limits, changed, sign)
      expect(finesDue(limits) - before).toBeCloseTo(foretold, 3)
    }
    expect(finesDue(limits)).toBeGreaterThan(0)
  })

  test('every job may stay out or take its best column, and no column far from it', () => {
    const problem = problemOf(fullDay(8))
    const prices = pricesOf(problem)
    const { first, way } = nearColumns(problem, prices, guidesOf(problem, prices)[0]!)
    const all = nearColumns(problem, zeroPrices(problem), guidesOf(problem, zeroPrices(problem))[0]!)
    for (let j = 0; j < problem.jobs; j += 1) expect(way[first[j]!]).toBe(-1)
    expect(way.length).toBeGreaterThan(problem.jobs)
    expect(way.length).toBeLessThan(all.way.length)
  })
})

function drawn(problem: Problem, random: () => number): Stay {
  const j = random() % problem.jobs
  const way = problem.firstWay[j]! + (random() % (problem.firstWay[j + 1]! - problem.firstWay[j]!))
  const starts = problem.deadline[j]! - problem.waySlots[way]! - problem.release[j]! + 1
  return { j, way, start: problem.release[j]! + (random() % starts) }
}
