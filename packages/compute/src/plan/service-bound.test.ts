import { expect, test } from 'vitest'
import { readSnapshot } from '../model/read-snapshot.ts'
import { SAMPLE_YAML } from '../model/sample-snapshot.fixture.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { zeroPrices } from './prices.ts'
import { problemOf } from './problem.ts'
import { mustLeaveOut, serviceBounds, valueBound } from './service-bound.ts'

const sample = readSnapshot(SAMPLE_YAML)

/** Copies of the job that must run at one site for two hours between 08:00 and 11:00: one after another never, and power for 3.3 at once. */
const crowded = (copies: number): Snapshot => ({
  ...sample,
  participants: sample.participants.map(({ name }) => ({ name, share: 1, usedChipHours: 0 })),
  jobs: Array.from({ length: copies }, (_, i) => ({
    ...sample.jobs.find(({ name }) => name === 'j3')!,
    name: `c${i}`,
  })),
})

test('counts what must stay out: twelve jobs where power lasts for three at once and nobody can run after another', () => {
  const problem = problemOf(crowded(12))
  const yuan = problem.unservedYuan[0]!
  const left = { yuan: 12 * yuan, jobs: 12 }
  const { jobs, value } = serviceBounds(problem, { iterations: 400, left, from: zeroPrices(problem) })
  expect(jobs.value).toBeGreaterThan(8)
  expect(jobs.value).toBeLessThanOrEqual(9)
  expect(value.value).toBeGreaterThan(8 * yuan)
  expect(value.value).toBeLessThanOrEqual(9 * yuan)
})

test('proves that a day must leave jobs out only once prices say so, and never of a day that can be served', () => {
  const problem = problemOf(crowded(12))
  const from = zeroPrices(problem)
  expect(mustLeaveOut(problem, from)).toBe(false)
  expect(mustLeaveOut(problem, valueBound(problem, { iterations: 100, yuan: 1000, from }).prices)).toBe(true)
  const easy = problemOf(sample)
  const nothing = zeroPrices(easy)
  expect(mustLeaveOut(easy, valueBound(easy, { iterations: 100, yuan: 1000, from: nothing }).prices)).toBe(false)
})

test('claims nothing for a plan that serves all', () => {
  const problem = problemOf(sample)
  const { jobs, value } = serviceBounds(problem, {
    iterations: 50,
    left: { yuan: 0, jobs: 0 },
    from: zeroPrices(problem),
  })
  expect([jobs.value, value.value]).toEqual([0, 0])
})
