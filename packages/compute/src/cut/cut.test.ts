import { seededRandom, uniform } from '@dengta/statistics'
import { describe, expect, test } from 'vitest'
import { type CutJob, planCut } from './cut.ts'
import { driveEvent, type EventJob } from './event.ts'
import { chipsFreed, cutStates } from './running-job.ts'

const random = seededRandom(11)

function someJobs(count: number): CutJob[] {
  return Array.from({ length: count }, (_, i) => {
    const kw = 1 + 9 * uniform(random)
    const states = [1, 0.8, 0.55, 0].map((share) => ({
      name: String(share),
      kw: kw * share,
      loss: share === 1 ? 0 : kw * (1 - share) * (0.3 + uniform(random)),
    }))
    return { job: `j${i}`, choices: states }
  })
}

/** Least loss over every combination of states. */
function leastLoss(jobs: readonly CutJob[], targetKw: number): number {
  const [first, ...rest] = jobs
  if (!first) return targetKw >= 0 ? 0 : Number.POSITIVE_INFINITY
  return Math.min(...first.choices.map(({ kw, loss }) => loss + leastLoss(rest, targetKw - kw)))
}

describe('planCut', () => {
  test('lies between its bound and the best of all combinations plus one step', () => {
    for (let i = 0; i < 40; i += 1) {
      const jobs = someJobs(5)
      const full = jobs.reduce((sum, { choices }) => sum + choices[0]!.kw, 0)
      const target = full * (0.3 + 0.6 * uniform(random))
      const cut = planCut(jobs, target)
      const best = leastLoss(jobs, target)
      const step = Math.max(...jobs.flatMap(({ choices }) => choices.map(({ loss }) => loss)))
      expect(cut.withinTarget).toBe(true)
      expect(cut.kw).toBeLessThanOrEqual(target + 1e-9)
      expect(cut.bound).toBeLessThanOrEqual(best + 1e-9)
      expect(cut.loss).toBeGreaterThanOrEqual(best - 1e-9)
      expect(cut.loss).toBeLessThanOrEqual(best + step)
    }
  })

  test('changes nothing where nothing is asked, and says so where nothing helps', () => {
    const jobs = someJobs(4)
    expect(planCut(jobs, 1000)).toMatchObject({ loss: 0, bound: 0, yuanPerKw: 0, withinTarget: true })
    expect(planCut(jobs, -1)).toMatchObject({ kw: 0, withinTarget: false })
  })

  test('a target that is a sum of states is met, though floating-point numbers add up to a little more or less', () => {
    for (let i = 0; i < 400; i += 1) {
      const jobs = Array.from({ length: 12 }, (_, j): CutJob => {
        const loss = uniform(random) < 0.5 ? 1 : 1000
        return {
          job: `j${j}`,
          choices: [
            { name: 'on', kw: 0.1 * (1 + (random() % 99)), loss: 0 },
            { name: 'off', kw: 0, loss },
          ],
        }
      })
      const kept = jobs.filter(({ choices }) => choices[1]!.loss === 1000)
      const target = kept.reduceRight((sum, { choices }) => sum + choices[0]!.kw, 0)
      const cut = planCut(jobs, target)
      expect(cut.withinTarget).toBe(true)
      expect(cut.loss).toBe(jobs.length - kept.length)
    }
  })

  test('spares the job with the oldest checkpoint', () => {
    const level = { watts: 400, speed: 1 }
    const running = [5, 50, 20].map((checkpointAge, i) => ({
      job: `j${i}`,
      chips: 8,
      levels: [level],
      pue: 1.2,
      checkpointAge,
      restart: 2,
      mayPause: i !== 2,
    }))
    const cut = planCut(
      running.map((job) => cutStates(job, 60)),
      8,
    )
    expect([...cut.chosen]).toEqual([1, 0, 0])
  })
})

describe('planCut with gangs that shrink', () => {
  const levels = [
    { watts: 400, speed: 1 },
    { watts: 250, speed: 0.8 },
  ]
  const gangs = [
    { chips: 4, speed: 0.7 },
    { chips: 2, speed: 0.4 },
  ]
  const running = (i: number, change = {}) => ({
    ...{ job: `g${i}`, chips: 8, levels, pue: 1.25, restart: 2, mayPause: true },
    ...{ gangs: i % 3 === 0 ? [] : gangs, checkpointAge: 60 * uniform(random), ...change },
  })

  test('every level goes with every gang: speeds multiply, power follows the chips, a new gang costs its restarts once', () => {
    const { choices } = cutStates(running(1, { checkpointAge: 26 }), 60)
    const [full, , half] = choices
    expect(choices.map(({ name, chips }) => [name, chips])).toEqual([
      ['as it is', 8],
      ['250 W', 8],
      ['4 chips', 4],
      ['4 chips at 250 W', 4],
      ['2 chips', 2],
      ['2 chips at 250 W', 2],
      ['paused', 0],
    ])
    expect(full).toMatchObject({ kw: 4, loss: 0, speed: 1 })
    expect(half).toMatchObject({ kw: 2, speed: 0.7 })
    expect(half!.loss).toBeCloseTo(8 * (0.3 + (26 + 2 + 2) / 60), 9)
    expect(choices[3]!.speed).toBeCloseTo(0.56, 9)
    expect(cutStates(running(1, { mayPause: false }), 60).choices.map(({ chips }) => chips)).toEqual([8, 8])
  })

  test('is the best of all combinations for one job, and within one step of it for several', () => {
    for (let i = 0; i < 60; i += 1) {
      const jobs = Array.from({ length: i < 20 ? 1 : 4 }, (_, j) => cutStates(running(i + j), 60))
      const target = jobs.length * 4 * uniform(random)
      const cut = planCut(jobs, target)
      const best = leastLoss(jobs, target)
      const step = jobs.length === 1 ? 0 : Math.max(...jobs.flatMap(({ choices }) => choices.map(({ loss }) => loss)))
      expect(cut.kw).toBeLessThanOrEqual(target + 1e-9)
      expect(cut.bound).toBeLessThanOrEqual(best + 1e-9)
      expect(cut.loss).toBeGreaterThanOrEqual(best - 1e-9)
      expect(cut.loss).toBeLessThanOrEqual(best + step + 1e-9)
    }
  })

  test('never loses more than without, and says how many chips it sets free', () => {
    const jobs = Array.from({ length: 30 }, (_, i) => running(i, { checkpointAge: i }))
    const without = jobs.map((job) => cutStates({ ...job, gangs: [], levels: levels.slice(0, 1) }, 240))
    const withGangs = jobs.map((job) => cutStates({ ...job, levels: levels.slice(0, 1) }, 240))
    const [before, after] = [planCut(without, 70), planCut(withGangs, 70)]
    expect(after.bound).toBeLessThan(before.bound)
    expect(after.loss).toBeLessThan(before.loss)
    const kept = withGangs.map(({ choices }, j) => choices[after.chosen[j]!]!.chips)
    expect(chipsFreed(withGangs, after)).toBe(240 - kept.reduce((sum, chips) => sum + chips, 0))
    expect(kept).toContain(4)
  })
})

describe('driveEvent', () => {
  const states = [
    { name: 'full', kw: 10, performance: 1 },
    { name: 'half', kw: 5, performance: 0.7 },
    { name: 'paused', kw: 0, performance: 0 },
  ]
  const jobs: EventJob[] = [
    { job: 'a', weight: 0.5, floor: 0.9, states },
    { job: 'b', weight: 0.6, floor: 0.5, states },
  ]

  test('touches nothing outside the event and stays at or below target inside', () => {
    const run = driveEvent(jobs, 100, { from: 20, to: 60, targetKw: 15 })
    expect(run.kw.subarray(0, 20)).toEqual(new Float64Array(20).fill(20))
    expect(run.kw.subarray(60)).toEqual(new Float64Array(40).fill(20))
    expect(Math.max(...run.kw.subarray(20, 60))).toBeLessThanOrEqual(15)
    expect(run.weighted).toBeLessThanOrEqual(run.bound + 1e-12)
  })

  test('turns to another job before one falls below its floor', () => {
    const run = driveEvent(jobs, 100, { from: 20, to: 60, targetKw: 15 })
    expect(run.performance[0]).toBeGreaterThanOrEqual(0.9)
    expect(run.performance[1]).toBeLessThan(1)
  })
})
