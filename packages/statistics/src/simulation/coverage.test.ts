import { expect, test } from 'vitest'
import { clopperPearson } from '../interval/proportion-interval.ts'
import { seededRandom } from '../random.ts'
import { coverage } from './coverage.ts'
import { falseFindings } from './false-findings.ts'
import { binomial, percentTrue } from './simulate.ts'

/** With 200 runs the share itself is known to about ±3 points; the slow test narrows that. */
test.each([
  { metric: 'mae', rows: 400, blockRows: 1, persistence: 0, runs: 200 },
  { metric: 'r2', rows: 2400, blockRows: 24, persistence: 0.5, runs: 200 },
  { metric: 'macro-f1', rows: 200, blockRows: 1, persistence: 0, runs: 200 },
  { metric: 'accuracy', rows: 400, blockRows: 1, persistence: 0, runs: 200 },
] as const)('the 95 % interval of $metric over $rows rows covers', (options) => {
  const percent = coverage(options)
  expect(percent).toBeGreaterThanOrEqual(91.5)
  expect(percent).toBeLessThanOrEqual(98.5)
})

test('Clopper-Pearson covers a rate of 0.2 % at least as often as it says', () => {
  const random = seededRandom(1)
  const percent = percentTrue(2000, () => {
    const { low, high } = clopperPearson({ successes: binomial(random, 500, 0.002), trials: 500 }, 0.95)
    return low <= 0.002 && 0.002 <= high
  })
  expect(percent).toBeGreaterThanOrEqual(95)
})

test('equal models share one tier', () => {
  expect(falseFindings({ models: 6, rows: 60, runs: 60, resamples: 200 })).toBeLessThanOrEqual(5)
})
