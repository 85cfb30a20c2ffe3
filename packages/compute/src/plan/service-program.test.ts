import { expect, test } from 'vitest'
import { loadHighs } from '../linear/highs-model.ts'
import { fullDay } from './full-day.fixture.ts'
import { type Prices, sumPrices, zeroPrices } from './prices.ts'
import { problemOf } from './problem.ts'
import { relax } from './relaxation.ts'
import { valueBound, valueGoal } from './service-bound.ts'
import { cheaperOffers, columnsOf, nearOffers, type Offer, rowLimits, rowPrices } from './service-program.ts'

const open = await loadHighs()
const problem = problemOf(fullDay(1, 60))
const all = nearOffers(problem, zeroPrices(problem), Number.POSITIVE_INFINITY)!
const value = problem.unservedYuan.reduce((sum, yuan) => sum + yuan, 0)

function solved(offers: readonly Offer[]): { readonly left: number; readonly prices: Prices & { jobs: Float64Array } } {
  const model = open(rowLimits(problem), columnsOf(problem, offers))
  const left = value + model.solve()!
  const { prices } = model.optimum()
  model.close()
  return { left, prices: rowPrices(problem, prices) }
}

test('its optimum over all columns is what its own prices prove, and no prices prove more (linear duality)', () => {
  const { left, prices } = solved(all)
  expect(left).toBeGreaterThan(0)
  expect(relax(problem, prices, valueGoal(problem)).bound).toBeCloseTo(left, 4)
  const raised = valueBound(problem, { iterations: 400, yuan: value, from: zeroPrices(problem) })
  expect(raised.value).toBeLessThanOrEqual(left + 1e-6)
  expect(raised.value).toBeGreaterThan(0.95 * left)
})

test.each([undefined, 60])(
  'each limit that has a price is used up, and none is overrun (complementary slackness), quota %s',
  (quota) => {
    const problem = problemOf(fullDay(1, quota))
    const all = nearOffers(problem, zeroPrices(problem), Number.POSITIVE_INFINITY)!
    const limits = rowLimits(problem)
    const columns = columnsOf(problem, all)
    const model = open(limits, columns)
    model.solve()
    const { values, prices } = model.optimum()
    model.close()
    const used = new Float64Array(limits.length)
    for (const [c, share] of values.entries())
      for (let at = columns.starts[c]!; at < columns.starts[c + 1]!; at += 1)
        used[columns.rows[at]!]! += share * columns.values[at]!
    const priced = [...prices.keys()].filter((row) => prices[row]! > 1e-6)
    expect(priced.length).toBeGreaterThan(10)
    for (const row of priced) expect(used[row]).toBeCloseTo(limits[row]!, 4)
    for (const [row, limit] of limits.entries()) expect(used[row]).toBeLessThanOrEqual(limit + 1e-5)
  },
)

test('columns that prices call cheaper are exactly those that the program lacks', () => {
  const few = nearOffers(problem, solved(all).prices, 0)!
  const { left, prices } = solved(few)
  const sums = sumPrices(problem, prices, 0)
  const more = Array.from({ length: problem.jobs }, (_, j) =>
    cheaperOffers(problem, sums, j, problem.unservedYuan[j]! - prices.jobs[j]! - 1e-6),
  ).flat()
  const grown = solved([...few, ...more])
  if (more.length === 0) expect(left).toBeCloseTo(solved(all).left, 4)
  else expect(grown.left).toBeLessThanOrEqual(left + 1e-6)
  expect(all.length).toBeGreaterThan(few.length)
})

test('a day of more columns than a solver could hold has no program', () => {
  const { jobs, ...day } = fullDay(1)
  const long = {
    ...day,
    jobs: Array.from({ length: 60 }, (_, i) => jobs.map((job) => ({ ...job, name: `${job.name}-${i}` }))).flat(),
  }
  expect(nearOffers(problemOf(long), zeroPrices(problemOf(long)), 0)).toBeUndefined()
})
