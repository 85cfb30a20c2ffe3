import { expect, test } from 'vitest'
import { seededRandom, uniform } from '../random.ts'
import { clusteredUpper } from './clustered-proportion.ts'
import { clopperPearsonUpper } from './proportion-interval.ts'

const even = (count: number, successes: number, trials: number) => Array(count).fill({ successes, trials })

test('equal clusters leave all trials but for the degrees of freedom', () => {
  const bound = clusteredUpper(even(5, 1, 100), 0.975)
  expect(bound).toBeGreaterThan(clopperPearsonUpper({ successes: 5, trials: 500 }, 0.975))
  // t(499) = 1.96473, t(4) = 2.77645: 500 * 0.50075 = 250.4 trials with 2.504 events
  expect(bound).toBeGreaterThan(clopperPearsonUpper({ successes: 2, trials: 250 }, 0.975))
  expect(bound).toBeLessThan(clopperPearsonUpper({ successes: 3, trials: 250 }, 0.975))
})

test('the same events in one cluster say less', () => {
  const uneven = [{ successes: 5, trials: 100 }, ...even(4, 0, 100)]
  expect(clusteredUpper(uneven, 0.95)).toBeGreaterThan(1.5 * clusteredUpper(even(5, 1, 100), 0.95))
})

test('many clusters of one trial come near the exact bound', () => {
  const single = Array.from({ length: 2000 }, (_, at) => ({ successes: at < 10 ? 1 : 0, trials: 1 }))
  expect(clusteredUpper(single, 0.95)).toBeCloseTo(clopperPearsonUpper({ successes: 10, trials: 2000 }, 0.95), 4)
})

test('covers a rate that differs between sites', () => {
  const random = seededRandom(8)
  const rounds = 2000
  let covered = 0
  for (let round = 0; round < rounds; round += 1) {
    const clusters = Array.from({ length: 5 }, () => draw(400, 0.01 * 2 * uniform(random)))
    if (clusteredUpper(clusters, 0.95) >= 0.01) covered += 1
  }
  expect(covered / rounds).toBeGreaterThanOrEqual(0.94)

  function draw(trials: number, rate: number) {
    let successes = 0
    for (let trial = 0; trial < trials; trial += 1) if (uniform(random) < rate) successes += 1
    return { successes, trials }
  }
})

test('one cluster proves nothing about the next', () => {
  expect(() => clusteredUpper([{ successes: 0, trials: 100 }], 0.95)).toThrow(/clusters = 1/)
})
