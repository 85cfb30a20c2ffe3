import { expect, test } from 'vitest'
import { clopperPearson } from '../interval/proportion-interval.ts'
import { seededRandom } from '../random.ts'
import { coverage } from './coverage.ts'
import { falseFindings } from './false-findings.ts'
import { binomial, percentTrue } from './simulate.ts'

test.each([
  { metric: 'mae', rows: 400, blockRows: 1, persistence: 0, runs: 3000 },
  { metric: 'rmse', rows: 1000, blockRows: 1, persistence: 0, runs: 3000 },
  { metric: 'r2', rows: 1000, blockRows: 1, persistence: 0, runs: 1500 },
  { metric: 'mae', rows: 8400, blockRows: 168, persistence: 0.9, runs: 2000 },
  { metric: 'macro-f1', rows: 200, blockRows: 1, persistence: 0, runs: 3000 },
  { metric: 'accuracy', rows: 400, blockRows: 1, persistence: 0, runs: 3000 },
] as const)('the 95 % interval of $metric over $rows rows covers 94 to 97 %', (options) => {
  const percent = coverage(options)
  expect(percent).toBeGreaterThanOrEqual(94)
  expect(percent).toBeLessThanOrEqual(97)
})

test('blocks cannot see all of a correlation: R² of a persistent series covers 93 % at least', () => {
  const percent = coverage({ metric: 'r2', rows: 4800, blockRows: 48, persistence: 0.5, runs: 1500 })
  expect(percent).toBeGreaterThanOrEqual(93)
  expect(percent).toBeLessThanOrEqual(97)
})

test.each([500, 2000])('Clopper-Pearson covers a rate of 0.2 % in %i trials', (trials) => {
  const random = seededRandom(trials)
  const percent = percentTrue(20_000, () => {
    const { low, high } = clopperPearson({ successes: binomial(random, trials, 0.002), trials }, 0.95)
    return low <= 0.002 && 0.002 <= high
  })
  expect(percent).toBeGreaterThanOrEqual(95)
})

test('over 20 equal models at most 5 % of boards claim a difference', () => {
  expect(falseFindings({ models: 20, rows: 120, runs: 300, resamples: 500 })).toBeLessThanOrEqual(5)
})
