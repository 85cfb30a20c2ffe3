import { seededRandom, uniform } from '@dengta/statistics'
import { describe, expect, test } from 'vitest'
import { type CutJob, planCut } from './cut.ts'
import { driveEvent, type EventJob } from './event.ts'
import { cutStates } from './running-job.ts'

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
