import { describe, expect, test } from 'vitest'
import { readSnapshot } from '../model/read-snapshot.ts'
import { SAMPLE_YAML } from '../model/sample-snapshot.fixture.ts'
import type { Job } from '../model/snapshot.ts'
import { writeSnapshot } from '../model/write-snapshot.ts'
import { checkPlan } from '../plan/check-plan.ts'
import { planDay } from '../plan/plan-day.ts'
import { replanSnapshot } from './replan-snapshot.ts'

const snapshot = readSnapshot(SAMPLE_YAML)
const effort = { seed: 3, ascents: 100, rounds: 500 }
const plan = planDay(snapshot, effort)
const inForce = { snapshot, placements: plan.placements }
const asked: Job = {
  ...snapshot.jobs[5]!,
  name: 'job_1',
  participant: 'guest',
  release: 41,
  deadline: 90,
  hours: 2,
  before: undefined,
}
const participants = [{ name: 'guest', share: 1, usedChipHours: 0, quotaChipHours: 50 }]
const at = (now: number, arrived: readonly Job[] = [asked], from = inForce) =>
  replanSnapshot({ snapshot, inForce: from, now, arrived, participants })

describe('replanSnapshot', () => {
  test.each([1, 2, 3])('keeps what has started, places what arrived, and proves it (seed %i)', (seed) => {
    const rest = at(40)
    const made = planDay(rest, { ...effort, seed })
    expect(checkPlan(rest, made).faults).toEqual([])
    const place = (name: string, of = made) => {
      const { site, chip, start, slots } = of.placements.find(({ job }) => job === name)!
      return { site, chip, start, slots }
    }
    const started = plan.placements.filter(({ start }) => start <= 40)
    expect(started.length).toBeGreaterThan(0)
    for (const { job } of started) expect(place(job)).toEqual(place(job, plan))
    for (const { job, start } of made.placements)
      if (!started.some((each) => each.job === job)) expect(start).toBeGreaterThan(40)
    expect(place('job_1').start).toBeGreaterThan(40)
  })

  test('a second re-plan keeps the power of what the first had started', () => {
    const first = at(40)
    const made = planDay(first, effort)
    const second = at(60, [asked], { snapshot: first, placements: made.placements })
    const again = planDay(second, effort)
    expect(checkPlan(second, again).faults).toEqual([])
    const wattsOf = (of: typeof made, day: typeof first, name: string) => {
      const { chip, level } = of.placements.find(({ job }) => job === name)!
      return day.classes[day.jobs.find((job) => job.name === name)!.class]![chip]![level]!.watts
    }
    for (const { job, start } of made.placements)
      if (start <= 60) expect(wattsOf(again, second, job)).toBe(wattsOf(made, first, job))
  })

  test('what runs on fewer chips is counted with those, at the speed it has there, through one re-plan and the next', () => {
    const gangs = [{ chips: 4, speed: 0.6 }]
    const jobs = snapshot.jobs.map((job) => (job.name === 'j2' ? { ...job, gangs } : job))
    const half = { job: 'j2', site: 'west', chip: 'a100', level: 0, start: 30, slots: 40, chips: 4 }
    const elastic = { snapshot: { ...snapshot, jobs }, placements: [half] }
    const first = replanSnapshot({ snapshot: elastic.snapshot, inForce: elastic, now: 40, arrived: [], participants })
    const j2Of = (day: typeof first) => day.jobs.find(({ name }) => name === 'j2')!
    expect(j2Of(first)).toMatchObject({ chips: 4, gangs: undefined, release: 30, deadline: 70 })
    const made = planDay(first, effort)
    expect(checkPlan(first, made).faults).toEqual([])
    expect(made.placements.find(({ job }) => job === 'j2')).toMatchObject({ site: 'west', start: 30, slots: 40 })
    const then = { snapshot: first, placements: made.placements }
    const second = replanSnapshot({ snapshot: elastic.snapshot, inForce: then, now: 50, arrived: [], participants })
    expect(j2Of(second)).toEqual(j2Of(first))
    const locks = new Map([['j2', { site: 'west', chip: 'a100', watts: 382, chips: 4, slots: { from: 41, to: 60 } }]])
    const locked = replanSnapshot({
      snapshot: elastic.snapshot,
      inForce: then,
      now: 50,
      arrived: [],
      participants,
      locks,
    })
    expect(j2Of(locked)).toMatchObject({ chips: 4, release: 41, deadline: 60 })
    expect(checkPlan(locked, planDay(locked, effort)).faults).toEqual([])
  })

  test('a job that comes too late stays in the day and is counted as unserved', () => {
    const late = { ...asked, release: 90, deadline: 90 }
    const rest = at(95, [late])
    expect(planDay(rest, effort).unserved).toContain('job_1')
  })

  test('the rest of a day can be written down and read back', () => {
    const rest = at(40)
    const again = readSnapshot(JSON.stringify(writeSnapshot(rest)))
    expect(JSON.parse(JSON.stringify(again))).toEqual(JSON.parse(JSON.stringify(rest)))
  })
})
