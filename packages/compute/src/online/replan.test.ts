import { describe, expect, test } from 'vitest'
import { totalOf } from '../model/terms.ts'
import { checkPlan } from '../plan/check-plan.ts'
import { planDay } from '../plan/plan-day.ts'
import { onNodes } from '../policy/on-nodes.ts'
import { blockOf, hasRoom, hold, lockedCapacity } from './capacity.ts'
import { NOTHING_PLANNED, type OnlineState } from './online-state.ts'
import { replan } from './replan.ts'
import { smallWorld } from './small-world.fixture.ts'
import { windowOf } from './window.ts'

const effort = {
  seed: 1,
  ascents: 60,
  roundsPerJob: 50,
  mostRounds: 2000,
  focus: 100,
  hasteYuanPerChipHour: 0,
  margin: 1,
}
const day = smallWorld(3)
const idle: OnlineState = {
  snapshot: day,
  now: 0,
  horizon: day.slots,
  running: [],
  outages: [],
  previous: NOTHING_PLANNED,
}
const busy: OnlineState = {
  ...idle,
  now: 4,
  running: [{ job: 'long', site: 'north', chip: 'npu', chips: 8, kw: 2, until: 20 }],
  outages: [{ site: 'west', chip: 'gpu', chips: 2, until: 12 }],
}

describe('replan', () => {
  test('of an empty machine is a plan of the day that costs about what the day-ahead plan costs', () => {
    const { placements } = replan(idle, { ...effort, ascents: 200, roundsPerJob: 200, mostRounds: 4000 })
    const ahead = planDay(day, { seed: 1, ascents: 200, rounds: 4000 })
    const placed = new Set(placements.map(({ job }) => job))
    const unserved = day.jobs.map(({ name }) => name).filter((name) => !placed.has(name))
    const check = checkPlan(day, { ...ahead, placements, unserved })
    expect(check.faults.map(({ code }) => code).filter((code) => code !== 'compute.plan.terms_wrong')).toEqual([])
    // The day-ahead search also offers freed room to unserved jobs; the rolling one does not yet.
    expect(check.yuan).toBeLessThan(totalOf(ahead.terms) * 1.3)
  })

  test('allows for an estimate that is wrong only where what is looked ahead has room for that', () => {
    const job = {
      ...day.jobs[0]!,
      chips: 2,
      release: 0,
      deadline: 32,
      hours: 1.5,
      tier: 0 as const,
      checkpoint: undefined,
    }
    const slotsWithin = (horizon: number) =>
      replan({ ...idle, snapshot: { ...day, jobs: [job] }, horizon }, { ...effort, margin: 2 }).placements.map(
        ({ slots }) => slots,
      )
    expect(slotsWithin(16)).toEqual([12])
    expect(slotsWithin(10)).toEqual([6])
  })

  test('is the same for the same seed', () => {
    expect(replan(busy, effort)).toEqual(replan(busy, effort))
  })

  test.each([0, 4, 9, 14])('fits beside what runs and what is broken, slot %i', (now) => {
    const state = { ...busy, now }
    const window = windowOf(state, day.jobs)
    const capacity = lockedCapacity(state, window)
    const { placements } = replan(state, effort)
    expect(placements.length).toBeGreaterThan(0)
    for (const each of placements) {
      const job = day.jobs.find(({ name }) => name === each.job)!
      const block = blockOf(window, job, { ...each, start: each.start - now })
      expect(each.start).toBeGreaterThanOrEqual(Math.max(now, job.release))
      expect(each.start + each.slots).toBeLessThanOrEqual(job.deadline)
      expect(hasRoom(capacity, block)).toBe(true)
      hold(capacity, block)
    }
  })

  test('keeps what it planned where there is nothing to gain: jobs outside the focus stay', () => {
    const first = replan(busy, effort)
    const next = replan({ ...busy, previous: first }, { ...effort, focus: 1 })
    const moved = next.placements.filter(
      (each) =>
        !first.placements.some((old) => old.job === each.job && old.start === each.start && old.site === each.site),
    )
    expect(next.placements.length).toBeGreaterThanOrEqual(first.placements.length)
    expect(moved.length).toBeLessThanOrEqual(1)
  })

  test('never starts an expected job, but keeps room for it', () => {
    const alone = { ...idle, snapshot: { ...day, jobs: [] }, forecast: day.jobs }
    expect(replan(alone, effort).placements).toEqual([])
  })

  test('a job that must run on a smaller gang is placed on it, and stays on it in the next slot', () => {
    const gangs = [{ chips: 4, speed: 0.7 }]
    const job = { ...day.jobs[0]!, chips: 8, gangs, hours: 1, release: 0, deadline: 20, tier: 3 as const }
    const half = { job: 'long', site: 'north', chip: 'npu', chips: 4, kw: 0.1, until: 32 }
    const pools = [{ chip: 'npu', count: 8, nodeSize: 4, trust: 'open' }]
    const sites = day.sites.slice(0, 1).map((site) => ({ ...site, pools }))
    const state = { ...idle, snapshot: { ...day, sites, jobs: [{ ...job, sites: undefined }] }, running: [half] }
    const first = replan(state, effort)
    expect(first.placements).toMatchObject([{ job: job.name, chip: 'npu', chips: 4 }])
    const next = replan({ ...state, previous: first }, { ...effort, mostRounds: 0 })
    expect(next.placements).toEqual(first.placements)
    expect(onNodes(() => first, effort)(state).placements).toEqual(first.placements)
  })

  test.each([1, 2])(
    'jobs that stay and jobs that are searched share what a quota has left, focus on %i of two',
    (focus) => {
      const [first, second] = ['a', 'b'].map((name) => ({
        ...{ ...day.jobs[0]!, name, sites: undefined, chips: 4, hours: 1, release: 0, deadline: 30 },
        tier: 0 as const,
      }))
      const participants = [{ ...day.participants[0]!, quotaChipHours: 5 }]
      const state = { ...idle, snapshot: { ...day, participants, jobs: [first!, second!] } }
      const free = { ...state, snapshot: { ...state.snapshot, participants: day.participants } }
      const both = replan(free, effort)
      expect(both.placements).toHaveLength(2)
      const [one] = both.placements
      for (const previous of [both, { placements: [one!] }])
        expect(replan({ ...state, previous }, { ...effort, focus }).placements).toHaveLength(1)
    },
  )

  test('says what is wrong with the question', () => {
    expect(() => replan({ ...idle, now: 99 }, effort)).toThrow(/slot 99 lies outside/)
    const lost = [{ job: 'ghost', site: 'moon', chip: 'npu', chips: 1, kw: 1, until: 9 }]
    expect(() => replan({ ...idle, running: lost }, effort)).toThrow(/ghost is said to run at moon/)
  })
})
