import { describe, expect, test } from 'vitest'
import type { Snapshot } from '../model/snapshot.ts'
import type { Policy } from '../online/online-state.ts'
import { rollingReplan } from '../online/replan.ts'
import { smallWorld } from '../online/small-world.fixture.ts'
import { onNodes } from '../policy/on-nodes.ts'
import {
  cheapestInsertion,
  cheapestWait,
  firstComeBackfill,
  lowestCarbonNow,
  lowestPriceNow,
} from '../policy/policies.ts'
import { simulate } from './simulate.ts'
import type { LoggedRun, Outcome } from './tally.ts'
import { misjudged, replayed, type World } from './world.ts'

const effort = { seed: 3, ascents: 20, roundsPerJob: 10, mostRounds: 100, focus: 100 }
const POLICIES: Readonly<Record<string, Policy>> = {
  firstComeBackfill,
  lowestPriceNow,
  lowestCarbonNow,
  cheapestWait,
  cheapestInsertion,
  rolling: rollingReplan({ ...effort, hasteYuanPerChipHour: 0.1, margin: 1 }),
  packed: onNodes(firstComeBackfill, { hasteYuanPerChipHour: 0.1 }),
  cautious: rollingReplan({ ...effort, focus: 6, hasteYuanPerChipHour: 0.1, margin: 1.5 }),
}
const SEEDS = [1, 2, 3, 4]
const options = { seed: 5, horizon: 20, log: true }

/** Nodes that break, owners who misjudge, envelopes cut without notice. */
function rough(day: Snapshot, seed: number): World {
  return {
    ...misjudged(replayed(day), { sigma: 0.5, seed }),
    changes: [
      { announced: 9, site: 'north', from: 9, to: 14, kw: 1.2 },
      { announced: 12, site: 'west', from: 20, to: 24, kw: 0.8 },
    ],
    failures: { nodeHours: 20, repairHours: 1 },
  }
}

describe.each(Object.entries(POLICIES))('%s', (_name, policy) => {
  test.each(SEEDS)('keeps every limit and adds up, calm day %i', (seed) => {
    const day = smallWorld(seed)
    const outcome = simulate(replayed(day), policy, options)
    expect(outcome.violations).toBe(0)
    expect(faultsIn(day, outcome.log)).toEqual([])
    expectSums(day, outcome)
    expect(outcome.interrupted).toBe(0)
    expect(outcome.open).toBe(0)
    expect(outcome.served).toBe(servedIn(day, outcome.log))
  })

  test.each(SEEDS)('keeps a participant within its quota, day %i', (seed) => {
    const day = smallWorld(seed)
    const [all] = day.participants
    const limited = { ...day, participants: [{ ...all!, quotaChipHours: 20 }] }
    const { log, violations, served } = simulate(replayed(limited), policy, options)
    const hours = log.reduce((sum, { chips, from, to }) => sum + (chips * (to - from) * day.slotMinutes) / 60, 0)
    expect(hours).toBeLessThanOrEqual(20 + 1e-6)
    expect(hours).toBeGreaterThan(10)
    expect(served).toBeGreaterThan(0)
    expect(violations).toBe(0)
  })

  test.each(SEEDS)('keeps every limit and adds up, rough day %i', (seed) => {
    const day = smallWorld(seed)
    const outcome = simulate(rough(day, seed), policy, options)
    expect(outcome.violations).toBe(0)
    expectSums(day, outcome)
    expect(outcome.arrived).toBe(day.jobs.length)
    expect(outcome.served + outcome.missed + outcome.open).toBe(outcome.arrived)
  })

  test('is the same for the same seed', () => {
    const world = (): World => rough(smallWorld(7), 7)
    expect(simulate(world(), policy, options)).toEqual(simulate(world(), policy, options))
  })
})

test('rough days do interrupt runs and throw work away', () => {
  const outcomes = SEEDS.map((seed) => simulate(rough(smallWorld(seed), seed), firstComeBackfill, options))
  expect(outcomes.reduce((sum, each) => sum + each.interrupted, 0)).toBeGreaterThan(0)
  expect(outcomes.reduce((sum, each) => sum + each.lostChipHours, 0)).toBeGreaterThan(0)
})

test('a job that outlives its estimate stays locked where it is until it ends', () => {
  const day = {
    ...smallWorld(1),
    jobs: [{ ...smallWorld(1).jobs[0]!, release: 0, deadline: 30, hours: 2, tier: 0 as const }],
  }
  const { snapshot } = replayed(day)
  const short = { ...day.jobs[0]!, hours: 0.5 }
  const world: World = {
    snapshot,
    arrivals: (slot) => (slot === 0 ? [{ job: short, trueHours: 2 }] : []),
    changes: [],
  }
  const { log, served } = simulate(world, firstComeBackfill, options)
  const slots = Math.ceil(short.checkpoint ? 8 * (1 + 1 / 60) - 1e-9 : 8)
  expect(log).toHaveLength(1)
  expect(log[0]!.to - log[0]!.from).toBe(slots)
  expect(served).toBe(1)
})

describe('one job in an empty world', () => {
  const small = smallWorld(1)
  const plain = { ...small.jobs[0]!, chips: 4, tier: 0 as const, checkpoint: undefined, sites: ['west'] }
  const west = small.sites.find(({ name }) => name === 'west')!
  const roomy = { ...west, envelopeKw: Array(small.slots).fill(9) }
  const worldOf = (jobs: readonly Snapshot['jobs'][number][], quotaChipHours?: number): World =>
    replayed({
      ...{ ...small, sites: [roomy], jobs },
      participants: [{ ...small.participants[0]!, ...(quotaChipHours !== undefined && { quotaChipHours }) }],
    })

  test.each(Object.entries(POLICIES))('is run by %s though it is longer than what is looked ahead', (_name, policy) => {
    const long = { ...plain, release: 1, deadline: 32, hours: 6 }
    expect(simulate(worldOf([long]), policy, { ...options, horizon: 8 })).toMatchObject({ served: 1, missed: 0 })
  })

  test('a run that a cut ends costs its quota what it held, and no more', () => {
    const long = { ...plain, release: 0, deadline: 32, hours: 2 }
    const cut = [{ announced: 3, site: 'west', from: 3, to: 5, kw: 0 }]
    const played = (quota: number) => simulate({ ...worldOf([long], quota), changes: cut }, firstComeBackfill, options)
    expect(played(3 + 8)).toMatchObject({ interrupted: 1, served: 1, missed: 0 })
    expect(played(3 + 7)).toMatchObject({ interrupted: 1, served: 0, missed: 1 })
  })

  test('a quota counts how long a run truly takes, be it less or more than its owner says', () => {
    const twins = ['a', 'b'].map((name, i) => ({ ...plain, name, release: 10 * i, deadline: 32, hours: 2 }))
    const played = (trueHours: number, quota: number) =>
      simulate(
        {
          ...worldOf([], quota),
          arrivals: (slot) => twins.filter(({ release }) => release === slot).map((job) => ({ job, trueHours })),
        },
        firstComeBackfill,
        options,
      )
    expect(played(1, 4 + 8)).toMatchObject({ served: 2, missed: 0 })
    expect(played(1, 4 + 7)).toMatchObject({ served: 1, missed: 1 })
    expect(played(2.5, 10 + 8)).toMatchObject({ served: 2, missed: 0 })
    expect(played(2.5, 10 + 7)).toMatchObject({ served: 1, missed: 1 })
  })
})

test('a policy that starts a job where it may not run is stopped', () => {
  const bad: Policy = ({ snapshot, now }) => ({
    placements: snapshot.jobs.map(({ name }) => ({
      job: name,
      site: 'north',
      chip: 'tpu',
      level: 0,
      start: now,
      slots: 1,
    })),
  })
  expect(() => simulate(replayed(smallWorld(1)), bad, options)).toThrow(/none of its ways/)
})

test('a policy that breaks a limit is counted, slot by slot', () => {
  const greedy: Policy = ({ snapshot, now }) => ({
    placements: snapshot.jobs.map(({ name }) => ({
      job: name,
      site: 'north',
      chip: 'npu',
      level: 0,
      start: now,
      slots: 1,
    })),
  })
  const day = smallWorld(2)
  expect(simulate(replayed({ ...day, jobs: day.jobs.slice(0, 12) }), greedy, options).violations).toBeGreaterThan(0)
})

/** Energy, money and power from the runs alone: the oracle shares nothing with the simulator's own sums. */
function expectSums(day: Snapshot, { log, kwh, electricityYuan, peakKw, kw }: Outcome): void {
  const power = powerOf(day, log)
  let [energy, yuan, peak] = [0, 0, 0]
  for (let t = 0; t < day.slots; t += 1) {
    let all = 0
    for (const [s, site] of day.sites.entries()) {
      const own = power[s]![t]!
      expect(kw[s * day.slots + t]).toBeCloseTo(own, 6)
      energy += own / 4
      yuan += (own / 4) * site.yuanPerKwh[t]!
      all += own
    }
    peak = Math.max(peak, all)
  }
  expect(kwh).toBeCloseTo(energy, 6)
  expect(electricityYuan).toBeCloseTo(yuan, 6)
  expect(peakKw).toBeCloseTo(peak, 6)
}

function powerOf(day: Snapshot, log: readonly LoggedRun[]): number[][] {
  return day.sites.map((site) =>
    Array.from({ length: day.slots }, (_, t) =>
      log
        .filter((run) => run.site === site.name && run.from <= t && t < run.to)
        .reduce((sum, run) => sum + run.kw * 1.2, 0),
    ),
  )
}

function faultsIn(day: Snapshot, log: readonly LoggedRun[]): string[] {
  const faults: string[] = []
  const power = powerOf(day, log)
  for (let t = 0; t < day.slots; t += 1) {
    if (power[0]![t]! + power[1]![t]! > 7 + 1e-5) faults.push(`park ${t}`)
    for (const [s, site] of day.sites.entries()) {
      if (power[s]![t]! > site.envelopeKw[t]! - 0.2 + 1e-5) faults.push(`${site.name} ${t}`)
      for (const pool of site.pools) {
        const runs = log.filter(
          (run) => run.site === site.name && run.chip === pool.chip && run.from <= t && t < run.to,
        )
        if (runs.reduce((sum, run) => sum + run.chips, 0) > pool.count) faults.push(`${site.name} ${pool.chip} ${t}`)
      }
    }
  }
  return faults
}

function servedIn(day: Snapshot, log: readonly LoggedRun[]): number {
  const deadlines = new Map(day.jobs.map(({ name, deadline }) => [name, deadline]))
  return log.filter(({ job, to }) => to <= deadlines.get(job)!).length
}
