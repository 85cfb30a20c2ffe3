import { describe, expect, test } from 'vitest'
import type { Day } from '../day/day.ts'
import { SAMPLE_DAY } from '../day/sample-day.fixture.ts'
import type { EventTarget } from '../engine/event-target.ts'
import { readSnapshot } from '../model/read-snapshot.ts'
import { SAMPLE_YAML } from '../model/sample-snapshot.fixture.ts'
import type { Job } from '../model/snapshot.ts'
import { checkPlan } from '../plan/check-plan.ts'
import { planDay } from '../plan/plan-day.ts'
import type { PublicJob } from './public-job.ts'
import { type Lock, locksOf } from './replan-lock.ts'
import { replanSnapshot } from './replan-snapshot.ts'

const SLOT = 15 * 60_000
const snapshot = readSnapshot(SAMPLE_YAML)
const effort = { seed: 3, ascents: 100, rounds: 500 }
const asked: Job = { ...snapshot.jobs[5]!, name: 'job_1', release: 41, deadline: 90, hours: 2, before: undefined }
const rest = (locks: ReadonlyMap<string, Lock>, targets: readonly EventTarget[] = []) =>
  replanSnapshot({
    ...{ snapshot: { ...snapshot, jobs: [] }, inForce: undefined, now: 50, arrived: [asked] },
    ...{ participants: [], locks, targets, startsAt: 0 },
  })
const placed = (day: ReturnType<typeof rest>) => {
  const plan = planDay(day, effort)
  expect(checkPlan(day, plan).faults).toEqual([])
  return plan.placements.find(({ job }) => job === 'job_1')
}
const THERE = { site: 'north', chip: 'a100', watts: 286 }

describe('a job that an engine has', () => {
  test('keeps the chips and slots that the engine gives it while it runs, past its planned end too', () => {
    const run = { ...THERE, slots: { from: 44, to: 49 } }
    expect(placed(rest(new Map([['job_1', run]])))).toMatchObject({ site: 'north', chip: 'a100', start: 44, slots: 7 })
  })

  test('keeps site, chip and power while it waits there, and is moved in time alone', () => {
    const day = rest(new Map([['job_1', THERE]]))
    const found = placed(day)!
    expect(found).toMatchObject({ site: 'north', chip: 'a100' })
    expect(found.start).toBeGreaterThan(50)
    expect(Object.values(day.classes[day.jobs[0]!.class]!).flat()).toEqual([{ watts: 286, speed: 0.9375 }])
  })
})

describe('the slots of a job that runs', () => {
  const day: Day = { ...SAMPLE_DAY, startsAt: new Date('2026-11-22T00:00:00Z') }
  const at = (time: string): string => `2026-11-22T${time}:00.000Z`
  const lockWhere = (more: Partial<NonNullable<PublicJob['placement']>>) => {
    const gangs = [
      { chips: 4, speed: 0.9 },
      { chips: 2, speed: 0.6 },
    ]
    const job: PublicJob = {
      ...{ id: 'job_1', participant: 'guest', state: 'running', askedAt: day.startsAt, reason: { en: '', zh: '' } },
      ask: { name: 'a', class: 'finetune', chips: 8, gangs, hours: 2, deadline: at('23:00'), tier: 1 },
      ...{ held: { chipHours: 16, kwh: 9 }, handedAt: day.startsAt, startedAt: new Date(at('10:00')) },
      placement: { plan: 'p', ...THERE, startsAt: at('10:00'), endsAt: at('12:00'), ...more },
    }
    return locksOf([job], day).get('job_1')
  }

  test.each([
    ['from its start, as long as it was placed for', {}, { from: 40, to: 48 }],
    ['anew from when it went back on its chips', { resumedAt: at('11:30') }, { from: 46, to: 54 }],
    ['longer on the fewer chips on which it runs now', { chips: 4, chipsNow: 2 }, { from: 40, to: 52 }],
  ])('%s', (_, more, slots) => {
    expect(lockWhere(more)).toMatchObject({ site: 'north', slots, heldChipHours: 16 })
  })
})

test('a job that was to begin where another began instead is moved, and does not push that one out of the plan', () => {
  const eight = (name: string): Job => ({ ...asked, name, chips: 8, sites: ['west'], chipTypes: ['a100'] })
  const arrived = [eight('job_1'), eight('job_2')]
  const due = { job: 'job_2', site: 'west', chip: 'a100', level: 0, start: 50, slots: 8 }
  const input = { snapshot: { ...snapshot, jobs: [] }, arrived, participants: [], now: 50 }
  const inForce = { snapshot: { ...snapshot, jobs: arrived }, placements: [due] }
  const run = { site: 'west', chip: 'a100', watts: 286, slots: { from: 49, to: 58 } }
  const startsIn = (locks: ReadonlyMap<string, Lock>) => {
    const plan = planDay(replanSnapshot({ ...input, inForce, locks }), effort)
    return ['job_1', 'job_2'].map((name) => plan.placements.find(({ job }) => job === name)?.start)
  }
  expect(startsIn(new Map([['job_1', run]]))).toEqual([49, 58])
  expect(startsIn(new Map())[1]).toBe(50)
  expect(startsIn(new Map([['job_1', { ...run, chip: 'npu' }]]))[1]).toBe(50)
})

test('a job that runs longer than it was let in for stays in the plan, and takes no quota from those that wait', () => {
  const guest = (name: string): Job => ({ ...asked, name, participant: 'guest', chips: 4 })
  const run = { ...THERE, slots: { from: 44, to: 55 }, heldChipHours: 10 }
  const day = (quotaChipHours: number) =>
    replanSnapshot({
      ...{
        snapshot: { ...snapshot, jobs: [] },
        inForce: undefined,
        now: 50,
        arrived: [guest('job_1'), guest('job_2')],
      },
      ...{ participants: [{ name: 'guest', share: 1, usedChipHours: 0, quotaChipHours }], startsAt: 0 },
      locks: new Map([['job_1', run]]),
    })
  expect(placed(day(10))).toMatchObject({ start: 44, slots: 11 })
  expect(placed(day(0))).toMatchObject({ start: 44, slots: 11 })
  expect(planDay(day(18), effort).unserved).toEqual([])
})

test('an event leaves no room for new work, and does not push out what runs', () => {
  const column = Array(96).fill(0.1)
  const event = { event: 'e', site: 'north', from: 55 * SLOT, to: 60 * SLOT, startsAt: 0, slotMinutes: 15 }
  const targets = [{ ...event, totalKw: column, othersKw: column }]
  const run = new Map([['job_1', { ...THERE, slots: { from: 50, to: 58 } }]])
  expect(placed(rest(run, targets))).toMatchObject({ start: 50, slots: 8 })
  const { start } = placed(rest(new Map([['job_1', THERE]]), targets))!
  expect(start >= 60 || start < 55).toBe(true)
  const [north] = rest(new Map(), targets).sites
  expect(north!.envelopeKw.slice(54, 61)).toEqual([6, 0.6, 0.6, 0.6, 0.6, 0.6, 4.5])
})
