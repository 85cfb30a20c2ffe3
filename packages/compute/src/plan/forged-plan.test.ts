import { describe, expect, test } from 'vitest'
import { readSnapshot } from '../model/read-snapshot.ts'
import { SAMPLE_YAML } from '../model/sample-snapshot.fixture.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { energyRates, totalOf } from '../model/terms.ts'
import { checkPlan } from './check-plan.ts'
import type { Plan, PlanPrices } from './plan.ts'
import { planDay } from './plan-day.ts'

const effort = { seed: 7, ascents: 100, rounds: 300 }
const sample = readSnapshot(SAMPLE_YAML)
const honest = planDay(sample, effort)
const cost = totalOf(honest.terms)

const withPrices = (change: Partial<PlanPrices>, bound = 2 * cost): Plan => ({
  ...honest,
  bound,
  prices: { ...honest.prices, ...change },
})
const codes = (plan: Plan, snapshot = sample): string[] => checkPlan(snapshot, plan).faults.map(({ code }) => code)

describe('a forged plan does not hold', () => {
  test('prices of a quota that a participant does not have prove nothing', () => {
    const forged = withPrices({ quota: { ...honest.prices.quota, lab: 1e9 } })
    expect(codes(forged)).toContain('compute.plan.bound_wrong')
    expect(checkPlan(sample, forged).bound).toBeCloseTo(honest.bound, 6)
  })

  test('prices beyond what numbers can hold prove nothing', () => {
    const north = [1e308, ...honest.prices.sites.north!.slice(1)]
    const check = checkPlan(sample, withPrices({ sites: { ...honest.prices.sites, north } }))
    expect(check.faults.map(({ code }) => code)).toContain('compute.plan.bound_wrong')
    expect(check).toMatchObject({ gap: 1, boundWeak: true })
  })

  test('a huge price where nothing may be drawn does not blur the prices of other slots', () => {
    const day = darkAtFirst()
    const plan = planDay(day, effort)
    const [site] = day.sites
    const zero = Array(day.slots).fill(0)
    const { electricity, carbon } = energyRates(day, site!)
    // At 2^50 the nearest numbers lie 0.25 apart: what is a little above 0.125 yuan counts twice.
    const power = electricity.map((yuan, t) => Math.max(0, (0.13 - yuan - carbon[t]!) / site!.pue[t]!))
    const prices: PlanPrices = {
      ...plan.prices,
      chips: { north: { a100: zero } },
      gangs: {},
      sites: { north: [2 ** 50, ...power.slice(1)] },
      demand: { north: zero },
    }
    expect(checkPlan(day, { ...plan, prices }).bound).toBeLessThan(totalOf(plan.terms))
  })

  test('a job is listed once', () => {
    const left = planDay({ ...sample, jobs: sample.jobs.map((job) => ({ ...job, chips: 64 })) }, effort)
    const day = { ...sample, jobs: sample.jobs.map((job) => ({ ...job, chips: 64 })) }
    expect(codes(left, day)).toEqual([])
    expect(codes({ ...left, unserved: [...left.unserved, 'j1'] }, day)).toEqual(['compute.plan.job_repeated'])
  })
})

/** One site that may draw nothing in the first slot. */
function darkAtFirst(): Snapshot {
  const [north] = sample.sites
  const envelopeKw = [0, ...north!.envelopeKw.slice(1)]
  return {
    ...sample,
    feeders: [],
    sites: [{ ...north!, feeder: undefined, envelopeKw }],
    jobs: sample.jobs
      .filter(({ trust, sites }) => !trust && !sites)
      .map((job) => ({ ...job, release: Math.max(1, job.release), before: undefined })),
  }
}
