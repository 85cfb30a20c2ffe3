import { expect, test } from 'vitest'
import { loadHighs } from '../linear/highs-model.ts'
import type { OpenLinearModel } from '../linear/linear-model.ts'
import { dive } from './dive.ts'
import { fullDay } from './full-day.fixture.ts'
import { zeroPrices } from './prices.ts'
import { type Problem, problemOf } from './problem.ts'
import { relax } from './relaxation.ts'
import { valueBound, valueGoal } from './service-bound.ts'
import type { Usage } from './usage.ts'

const open = await loadHighs()

const nearOf = (problem: Problem) =>
  valueBound(problem, { iterations: 200, yuan: 10_000, from: zeroPrices(problem) }).prices
const leftYuan = ({ problem, way }: Usage): number =>
  problem.unservedYuan.reduce((sum, yuan, j) => (way[j]! < 0 ? sum + yuan : sum), 0)
const leastFree = ({ chipsFree, nodeFree, quotaFree }: Usage): number =>
  [chipsFree, nodeFree, quotaFree].flatMap((free) => [...free]).reduce((a, b) => Math.min(a, b))

/** A solver that gives up from its n-th program on. */
function tired(after: number): OpenLinearModel {
  return (limits, columns) => {
    const model = open(limits, columns)
    let solves = 0
    return {
      ...model,
      solve: (most) => {
        solves += 1
        return solves > after ? undefined : model.solve(most)
      },
    }
  }
}

test.each([1, 2, 3, 4])('keeps every limit and quota, and its prices prove what nobody can serve, day %i', (seed) => {
  const problem = problemOf(fullDay(seed, 60))
  const near = nearOf(problem)
  const told: number[] = []
  const { usage, prices } = dive(problem, { open, near, onStep: (share) => told.push(share) })!
  expect(leastFree(usage)).toBeGreaterThan(-1e-6)
  const { bound } = relax(problem, prices, valueGoal(problem))
  expect(bound).toBeGreaterThanOrEqual(relax(problem, near, valueGoal(problem)).bound - 1e-6)
  expect(leftYuan(usage)).toBeGreaterThanOrEqual(bound - 1e-6)
  expect(told.every((share) => share >= 0 && share <= 1)).toBe(true)
})

test('gives the same plan again', () => {
  const problem = problemOf(fullDay(5))
  const [once, again] = [1, 2].map(() => dive(problem, { open, near: nearOf(problem) })!.usage)
  expect(again!.way).toEqual(once!.way)
  expect(again!.start).toEqual(once!.start)
})

test('a solver that gives up at once leaves everything to others; one that gives up later leaves a plan within limits', () => {
  const problem = problemOf(fullDay(6, 60))
  const near = nearOf(problem)
  expect(dive(problem, { open: tired(0), near })).toBeUndefined()
  for (const after of [2, 4, 8]) {
    const dived = dive(problem, { open: tired(after), near })
    if (dived) expect(leastFree(dived.usage)).toBeGreaterThan(-1e-6)
  }
})

test('a quota that lacks a hair of what a job takes is kept', () => {
  const day = fullDay(1)
  const jobs = day.jobs.slice(0, 3).map((job) => ({ ...job, chips: 8, hours: 3, gangs: undefined }))
  const whole = problemOf({ ...day, jobs })
  const hours = Math.min(...whole.wayHours)
  const participants = day.participants.map((each) => ({ ...each, quotaChipHours: hours * (1 - 8e-7) }))
  const problem = problemOf({ ...day, participants, jobs })
  const dived = dive(problem, { open, near: zeroPrices(problem) })
  expect(dived === undefined || dived.usage.quotaFree.every((free) => free >= 0)).toBe(true)
})
