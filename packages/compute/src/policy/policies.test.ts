import { describe, expect, test } from 'vitest'
import type { Job, Placement, Snapshot } from '../model/snapshot.ts'
import { waysOf } from '../model/way.ts'
import { blockOf, emptyCapacity, hasRoom, hold } from '../online/capacity.ts'
import { NOTHING_PLANNED, type OnlineState, type Policy } from '../online/online-state.ts'
import { smallWorld } from '../online/small-world.fixture.ts'
import { cheapestInsertion, cheapestWait, firstComeBackfill, lowestCarbonNow, lowestPriceNow } from './policies.ts'

const SEEDS = [1, 2, 3, 4, 5, 6]

/** All jobs at once, waiting in slot 0 on an empty machine. */
function crowd(seed: number): Snapshot {
  const day = smallWorld(seed, { jobs: 14 })
  return { ...day, jobs: day.jobs.map((job) => ({ ...job, release: 0, deadline: day.slots })) }
}

function asked(snapshot: Snapshot, jobs: readonly Job[], previous = NOTHING_PLANNED): OnlineState {
  return { snapshot: { ...snapshot, jobs }, now: 0, horizon: snapshot.slots, running: [], outages: [], previous }
}

const endOf = (policy: Policy, state: OnlineState, name: string): number => {
  const own = policy(state).placements.find(({ job }) => job === name)
  return own ? own.start + own.slots : Number.POSITIVE_INFINITY
}

describe('first come first served with conservative backfill', () => {
  test.each(SEEDS)('nobody who comes later delays a reservation, day %i', (seed) => {
    const day = crowd(seed)
    for (let count = 1; count < day.jobs.length; count += 1) {
      const before = firstComeBackfill(asked(day, day.jobs.slice(0, count)))
      const after = asked(day, day.jobs.slice(0, count + 1), before)
      for (const { job, start, slots } of before.placements)
        expect(endOf(firstComeBackfill, after, job)).toBeLessThanOrEqual(start + slots)
    }
  })

  test.each(SEEDS)('each job ends as early as the jobs before it allow, by brute force, day %i', (seed) => {
    const day = crowd(seed)
    const { placements } = firstComeBackfill(asked(day, day.jobs))
    const capacity = emptyCapacity(day)
    for (const job of day.jobs) {
      const own = placements.find((each) => each.job === job.name)
      const ends = everyColumn(day, job)
        .filter(({ level }) => level === 0)
        .filter((each) => hasRoom(capacity, blockOf(day, job, each)))
        .map((each) => each.start + each.slots)
      expect(own ? own.start + own.slots : Number.POSITIVE_INFINITY).toBe(Math.min(...ends))
      if (own) hold(capacity, blockOf(day, job, own))
    }
  })
})

describe('one job alone on an empty machine', () => {
  const cases = SEEDS.map((seed) => ({ day: crowd(seed), job: crowd(seed).jobs[0]! }))
  const bestBy = (day: Snapshot, job: Job, cost: (at: Placement) => number): number =>
    Math.min(
      ...everyColumn(day, job)
        .filter((at) => hasRoom(emptyCapacity(day), blockOf(day, job, at)))
        .map(cost),
    )

  test.each(cases)('waits for the cheapest slots', ({ day, job }) => {
    const [own] = cheapestWait(asked(day, [job])).placements
    expect(yuanOf(day, job, own!)).toBeCloseTo(
      bestBy(day, job, (at) => (at.level === 0 ? yuanOf(day, job, at) : 1e9)),
      9,
    )
  })

  test.each(cases)('takes the insertion that costs least with delay', ({ day, job }) => {
    const cost = (at: Placement): number => yuanOf(day, job, at) + (job.delayYuanPerHour / 4) * (at.start + at.slots)
    const [own] = cheapestInsertion(asked(day, [job])).placements
    expect(cost(own!)).toBeCloseTo(bestBy(day, job, cost), 9)
  })

  test('runs at full power also where a lower level takes no slot more, in whatever order the curve lists them', () => {
    const [{ day, job }] = cases as [(typeof cases)[number]]
    const short = { ...job, hours: 0.1, tier: 2 as const, checkpoint: undefined }
    const levels = day.classes.train!.npu!
    for (const curve of [levels, levels.toReversed()]) {
      const listed = { ...day, classes: { train: { npu: curve, gpu: curve } } }
      for (const policy of [firstComeBackfill, lowestPriceNow, lowestCarbonNow, cheapestWait])
        for (const { level } of policy(asked(listed, [short])).placements) expect(curve[level]!.watts).toBe(400)
    }
  })

  test.each(cases)('goes where power is cheapest, or cleanest, now', ({ day, job }) => {
    const open = everyColumn(day, job).filter(
      (at) => at.start === 0 && hasRoom(emptyCapacity(day), blockOf(day, job, at)),
    )
    const site = (at: Placement) => day.sites.find(({ name }) => name === at.site)!
    const [cheap] = lowestPriceNow(asked(day, [job])).placements
    const [clean] = lowestCarbonNow(asked(day, [job])).placements
    const fast = open.filter(({ level }) => level === 0)
    expect(cheap === undefined).toBe(fast.length === 0)
    if (!cheap || !clean) return
    expect(site(cheap).yuanPerKwh[0]).toBe(Math.min(...fast.map((at) => site(at).yuanPerKwh[0]!)))
    expect(site(clean).carbonKgPerKwh[0]).toBe(Math.min(...fast.map((at) => site(at).carbonKgPerKwh[0]!)))
  })
})

function everyColumn(day: Snapshot, job: Job): Placement[] {
  return waysOf(day, job).flatMap(({ site, pool, level, slots }) =>
    Array.from({ length: job.deadline - slots + 1 }, (_, start) => ({
      job: job.name,
      site: site.name,
      chip: pool.chip,
      level,
      start,
      slots,
    })),
  )
}

function yuanOf(day: Snapshot, job: Job, at: Placement): number {
  const { kw } = blockOf(day, job, at)
  const site = day.sites.find(({ name }) => name === at.site)!
  let yuan = 0
  for (let t = at.start; t < at.start + at.slots; t += 1) yuan += (kw * site.pue[t]! * site.yuanPerKwh[t]!) / 4
  return yuan
}
