import { describe, expect, test } from 'vitest'
import { termsOf } from '../model/cost.ts'
import { readSnapshot } from '../model/read-snapshot.ts'
import { SAMPLE_YAML } from '../model/sample-snapshot.fixture.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { totalOf } from '../model/terms.ts'
import { waysOf } from '../model/way.ts'
import { impossible } from './check-feasible.ts'
import { checkPlan } from './check-plan.ts'
import type { Plan } from './plan.ts'
import { planDay } from './plan-day.ts'

const sample = readSnapshot(SAMPLE_YAML)
const effort = { seed: 7, ascents: 400, rounds: 2000 }
/** A bound that is reached may lie above the cost by what sums of floating-point numbers differ, yuan. */
const ROUNDING = 1e-9
const plan = planDay(sample, effort)

const codes = (made: Plan, snapshot = sample): string[] => checkPlan(snapshot, made).faults.map(({ code }) => code)

describe('planDay', () => {
  test('serves the sample day within every limit and proves how good that is', () => {
    const check = checkPlan(sample, plan)
    expect(check.faults).toEqual([])
    expect(plan.unserved).toEqual([])
    expect(check.yuan).toBeCloseTo(totalOf(plan.terms), 6)
    expect(plan.bound - check.yuan).toBeLessThan(ROUNDING)
    expect(check.bound).toBeCloseTo(plan.bound, 6)
    expect(check.gap).toBeLessThan(0.35)
    expect(check.text.en).toMatch(check.boundWeak ? /Bound weak/ : /at most/)
  })

  test('is the same for the same seed', () => {
    expect(planDay(sample, effort)).toEqual(plan)
  })

  test('finds the best of every plan of a day small enough to try them all', () => {
    const small: Snapshot = { ...sample, jobs: sample.jobs.filter(({ name }) => ['j1', 'j3'].includes(name)) }
    const best = Math.min(...everyPlan(small).map((made) => checkedYuan(small, made)))
    expect(totalOf(planDay(small, effort).terms)).toBeCloseTo(best, 6)
  })

  test('leaves out what cannot run and proves that nobody could run it', () => {
    const twice = sample.jobs.flatMap((job) =>
      job.name === 'j3' ? ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => ({ ...job, name: letter })) : [job],
    )
    const crowded: Snapshot = {
      ...sample,
      jobs: twice,
      participants: sample.participants.map(({ name }) => ({ name, share: 1, usedChipHours: 0 })),
    }
    const made = planDay(crowded, effort)
    const check = checkPlan(crowded, made)
    expect(check.faults).toEqual([])
    expect(made.unserved.length).toBeGreaterThan(0)
    expect(check.unserved.jobsBound).toBeGreaterThan(0)
    expect(check.unserved.jobsBound).toBeLessThanOrEqual(made.unserved.length + 1e-9)
    expect(check.unserved.valueBound).toBeLessThanOrEqual(made.terms.unserved + 1e-9)
  })

  test('keeps a participant within its quota', () => {
    const participants = sample.participants.map((each) => ({ ...each, quotaChipHours: 45 }))
    const made = planDay({ ...sample, participants }, effort)
    expect(made.unserved.length).toBeGreaterThan(0)
    expect(codes(made, { ...sample, participants })).toEqual([])
  })
})

describe('checkPlan', () => {
  const [first, ...rest] = plan.placements
  const withFirst = (change: object): Plan => ({ ...plan, placements: [{ ...first!, ...change }, ...rest] })
  const tight = (change: Partial<Snapshot>): Snapshot => ({ ...sample, ...change })

  test.each<[code: string, made: Plan]>([
    ['other_snapshot', { ...plan, snapshot: 'f'.repeat(64) }],
    ['job_unknown', withFirst({ job: 'ghost' })],
    ['job_repeated', { ...plan, placements: [first!, ...plan.placements] }],
    ['job_forgotten', { ...plan, placements: rest }],
    ['job_forgotten', { ...plan, unserved: [first!.job] }],
    ['way_forbidden', withFirst({ slots: first!.slots - 1 })],
    ['way_forbidden', withFirst({ chip: 'npu', site: 'north' })],
    ['outside_window', withFirst({ start: 95 })],
    ['terms_wrong', { ...plan, terms: { ...plan.terms, electricity: plan.terms.electricity - 1 } }],
    ['bound_wrong', { ...plan, bound: plan.bound + 1 }],
    ['bound_wrong', { ...plan, service: { ...plan.service, jobsBound: 1 } }],
    ['prices_wrong', { ...plan, prices: { ...plan.prices, sites: {} } }],
    ['prices_wrong', { ...plan, prices: { ...plan.prices, quota: { works: -1 } } }],
    [
      'prices_wrong',
      { ...plan, prices: { ...plan.prices, demand: { ...plan.prices.demand, north: Array(96).fill(1) } } },
    ],
  ])('finds %s', (code, made) => {
    expect(codes(made)).toContain(`compute.plan.${code}`)
    expect(checkPlan(sample, made).ok).toBe(false)
  })

  test('finds limits that are overrun on every level', () => {
    const low = Array(96).fill(1)
    const day = { ...plan, snapshot: '' }
    const faultsIn = (snapshot: Snapshot): string[] =>
      codes({ ...day, snapshot: checkPlan(snapshot, day).faults[0]!.text.en.split(' is ')[1]! }, snapshot)
    expect(faultsIn(tight({ feeders: sample.feeders.map((each) => ({ ...each, limitKw: low })) }))).toContain(
      'compute.plan.power_exceeded',
    )
    expect(faultsIn(tight({ sites: sample.sites.map((each) => ({ ...each, envelopeKw: low })) }))).toContain(
      'compute.plan.power_exceeded',
    )
    expect(
      faultsIn(tight({ participants: sample.participants.map((each) => ({ ...each, quotaChipHours: 1 })) })),
    ).toContain('compute.plan.quota_exceeded')
  })

  test('a cheaper plan than the bound does not exist among random prices', () => {
    const sites = Object.fromEntries(sample.sites.map(({ name }, i) => [name, Array(96).fill(0.01 * (i + 1))]))
    const loose: Plan = { ...plan, bound: 0, prices: { ...plan.prices, sites } }
    expect(checkPlan(sample, loose).bound).toBeLessThanOrEqual(totalOf(plan.terms))
  })
})

/** Every combination of (way, start) and of leaving out, by brute force. */
function everyPlan(snapshot: Snapshot): Plan[] {
  const choices = snapshot.jobs.map((job) => [
    undefined,
    ...waysOf(snapshot, job).flatMap(({ site, pool, level, slots }) =>
      Array.from({ length: job.deadline - slots - job.release + 1 }, (_, i) => ({
        job: job.name,
        site: site.name,
        chip: pool.chip,
        level,
        start: job.release + i,
        slots,
      })),
    ),
  ])
  const [one, two] = choices
  return one!.flatMap((a) =>
    two!.map((b) => {
      const placements = [a, b].filter((each) => each !== undefined)
      const unserved = snapshot.jobs
        .map(({ name }) => name)
        .filter((name) => !placements.some(({ job }) => job === name))
      return { ...plan, snapshot: '', placements, unserved }
    }),
  )
}

function checkedYuan(snapshot: Snapshot, made: Plan): number {
  const placements = made.placements
  const faults = impossible(snapshot, made)
  return faults.length > 0 ? Number.POSITIVE_INFINITY : totalOf(termsOf(snapshot, placements))
}
