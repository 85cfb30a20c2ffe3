import { describe, expect, test } from 'vitest'
import { readSnapshot } from '../model/read-snapshot.ts'
import { SAMPLE_YAML } from '../model/sample-snapshot.fixture.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { checkPlan } from './check-plan.ts'
import { shareOf } from './gang-rows.ts'
import { heldPrice } from './held-price.ts'
import { planDay } from './plan-day.ts'
import { problemOf } from './problem.ts'

const sample = readSnapshot(SAMPLE_YAML)
const j3 = sample.jobs.find(({ name }) => name === 'j3')!
const north = sample.sites.find(({ name }) => name === j3.sites?.[0]) ?? sample.sites[0]!

/** Gangs of 8 in a pool of 15 chips with power in plenty, all in the same two hours: one runs, however many ask. */
const narrow = (copies: number): Snapshot => ({
  ...sample,
  feeders: [],
  participants: sample.participants.map(({ name }) => ({ name, share: 1, usedChipHours: 0 })),
  sites: [
    {
      ...north,
      feeder: undefined,
      envelopeKw: Array(96).fill(1000),
      pools: north.pools.slice(0, 1).map((pool) => ({ ...pool, count: 15 })),
    },
  ],
  jobs: Array.from({ length: copies }, (_, i) => ({
    ...j3,
    name: `g${i}`,
    chips: 8,
    sites: undefined,
    chipTypes: [north.pools[0]!.chip],
    trust: undefined,
  })),
})

/** Every list of whole numbers `x` with `sum(a x) <= b`. */
function packings([first, ...rest]: readonly number[], b: number): number[][] {
  if (first === undefined) return [[]]
  return Array.from({ length: Math.floor(b / first) + 1 }, (_, n) => n).flatMap((n) =>
    packings(rest, b - n * first).map((others) => [n, ...others]),
  )
}

describe('gang rows', () => {
  test('no packing of a pool breaks one: every mix of gangs in every pool up to 30 chips, every size', () => {
    const gangs = [1, 2, 3, 4, 6, 8, 16]
    for (let count = 1; count <= 30; count += 1)
      for (const size of [2, 3, 4, 5, 8, 16]) {
        const shares = gangs.map((chips) => shareOf(chips / size, count / size))
        const most = packings(gangs.slice(1), count).reduce((top, packed) => {
          const left = count - packed.reduce((sum, n, i) => sum + n * gangs[i + 1]!, 0)
          const taken = [left, ...packed].reduce((sum, n, i) => sum + n * shares[i]!, 0)
          return Math.max(top, taken)
        }, 0)
        expect(most, `${count} chips, size ${size}`).toBeLessThanOrEqual(Math.floor(count / size) + 1e-9)
      }
  })

  test('prove that of four gangs of 8 in 15 chips three must stay out, where counted chips prove two and a bit', () => {
    const day = narrow(4)
    const made = planDay(day, { seed: 1, ascents: 400, rounds: 500 })
    const check = checkPlan(day, made)
    expect(check.faults).toEqual([])
    const served = made.placements.length
    expect(made.prices.gangs?.[north.name]?.[north.pools[0]!.chip]?.['8']).toHaveLength(96)
    expect(check.unserved.jobsBound).toBeGreaterThan(4 - served - 0.1)
    const { gangs: _, ...counted } = made.service.jobsPrices
    const without = { ...made, service: { ...made.service, jobsPrices: counted } }
    expect(checkPlan(day, without).faults.map(({ code }) => code)).toContain('compute.plan.bound_wrong')
  })

  test('planner and check agree on what a gang pays, computed apart', () => {
    const day = narrow(2)
    const problem = problemOf(day)
    const zero = Array(96).fill(0)
    const prices = planDay(day, { seed: 1, ascents: 10, rounds: 10 }).prices
    const [site] = day.sites
    const [pool] = site!.pools
    const gangs = { [site!.name]: { [pool!.chip]: { 8: Array(96).fill(1) } } }
    const priced = { ...prices, chips: { [site!.name]: { [pool!.chip]: zero } }, gangs }
    expect(heldPrice(priced, site!, pool!, 8)[0]).toBeCloseTo(problem.share[0]!, 12)
    expect(heldPrice(priced, site!, pool!, 12)[0]).toBeCloseTo(shareOf(12 / 8, 15 / 8), 12)
  })

  test('where some chips are taken already, nothing is rounded', () => {
    const day = narrow(2)
    const taken = { chips: new Float64Array(96).fill(1), kw: new Float64Array(96) }
    expect(problemOf(day, taken).gangPool).toHaveLength(0)
    expect(problemOf(day).gangPool).toHaveLength(1)
  })

  test.each([
    ['a size that is no whole number', { 2.5: Array(96).fill(1) }],
    ['a price below zero', { 8: Array(96).fill(-1) }],
    ['too few slots', { 8: [1] }],
  ])('the check refuses %s', (_, sizes) => {
    const made = planDay(sample, { seed: 1, ascents: 20, rounds: 20 })
    const gangs = { [north.name]: { [north.pools[0]!.chip]: sizes } }
    const check = checkPlan(sample, { ...made, prices: { ...made.prices, gangs } })
    expect(check.faults.map(({ code }) => code)).toContain('compute.plan.prices_wrong')
  })

  test('the check refuses gangs of a chip that the site does not have', () => {
    const made = planDay(sample, { seed: 1, ascents: 20, rounds: 20 })
    const gangs = { [north.name]: { ghost: { 8: [-1] } } }
    const check = checkPlan(sample, { ...made, prices: { ...made.prices, gangs } })
    expect(check.faults.map(({ code }) => code)).toContain('compute.plan.prices_wrong')
  })
})
