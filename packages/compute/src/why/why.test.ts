import { describe, expect, test } from 'vitest'
import { readSnapshot } from '../model/read-snapshot.ts'
import { SAMPLE_YAML } from '../model/sample-snapshot.fixture.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { energyRates } from '../model/terms.ts'
import { provedBound } from '../plan/check-bound.ts'
import type { Plan } from '../plan/plan.ts'
import { planDay } from '../plan/plan-day.ts'
import { pricedColumns } from './priced-column.ts'
import { explainJob } from './why.ts'

const effort = { seed: 3, ascents: 400, rounds: 2000 }
const sample = readSnapshot(SAMPLE_YAML)
const plan = planDay(sample, effort)

describe('explainJob', () => {
  test('has an answer in both languages to every question about every job', () => {
    for (const { name } of sample.jobs) {
      const why = explainJob(sample, plan, name)
      for (const text of [why.here, why.now, why.power, why.waitsFor, why.megawatt]) {
        expect(text?.en, name).toMatch(/\w/)
        expect(text?.zh, name).toMatch(/\p{Script=Han}/u)
        expect(`${text?.en}${text?.zh}`).not.toMatch(/\{\w+\}|undefined|NaN/)
      }
    }
  })

  test('a column costs what the bound counts for it, a quota that binds included', () => {
    const short: Snapshot = {
      ...sample,
      participants: sample.participants.map((each) => ({ ...each, quotaChipHours: 60 })),
    }
    for (const day of [sample, short]) {
      const { prices } = planDay(day, effort)
      const bound = (jobs: Snapshot['jobs']): number =>
        provedBound({ ...day, jobs }, prices, { running: true, leaveOut: () => Number.POSITIVE_INFINITY })
      for (const job of day.jobs)
        expect(pricedColumns(day, prices, job).cheapest(() => true)?.yuan, job.name).toBeCloseTo(
          bound([job]) - bound([]),
          6,
        )
    }
  })

  test('a pinned job of tier 0 has one site and one power, and the parts add up', () => {
    const why = explainJob(sample, plan, 'j3')
    expect(why.here?.en).toMatch(/only site/)
    expect(why.power?.en).toMatch(/only power/)
    const { parts, yuan } = why.chosen!
    expect(parts.energy + parts.waiting + parts.chips + parts.power).toBeCloseTo(yuan, 9)
  })

  test('power is worth something where the envelope is the reason, and nothing where there is plenty', () => {
    const only = sample.jobs.filter(({ name }) => name === 'j3')
    const crowd = ['a', 'b', 'c', 'd'].map((name) => ({ ...only[0]!, name, chips: 4 }))
    const tight: Snapshot = {
      ...sample,
      participants: [{ name: 'works', share: 1, usedChipHours: 0 }],
      sites: sample.sites.map((site) => ({
        ...site,
        envelopeKw: Array(96).fill(4),
        demandYuanPerKw: 0,
        rampKw: undefined,
      })),
      jobs: crowd,
    }
    const made = planDay(tight, effort)
    const left = made.unserved[0]!
    const why = explainJob(tight, made, left)
    expect(why.waitsFor.en).toMatch(/not served.*short of power/)
    expect(why.yuanPerMwh).toBeGreaterThan(0)
    const free: Snapshot = { ...tight, jobs: crowd.slice(0, 1) }
    expect(explainJob(free, planDay(free, effort), 'a')).toMatchObject({ yuanPerMwh: 0 })
  })

  describe('where no limit binds but every kW of the peak is charged', () => {
    const charged: Snapshot = {
      ...sample,
      feeders: [],
      sites: sample.sites.map((site) => ({
        ...site,
        ...{
          feeder: undefined,
          envelopeKw: Array(96).fill(1000),
          demandYuanPerKw: 40,
          billedPeakKw: 0,
          rampKw: undefined,
        },
      })),
    }
    const made = planDay(charged, effort)
    const why = made.placements.map(({ job }) => explainJob(charged, made, job))

    test('one more MW is worth nothing, and no job is said to want the power', () => {
      expect(Math.max(...Object.values(made.prices.demand).flat())).toBeGreaterThan(0)
      for (const { yuanPerMwh, chosen, alternatives, waitsFor, here, now, power } of why) {
        expect(yuanPerMwh).toBe(0)
        for (const column of [chosen!, ...alternatives]) expect(column.parts.power).toBe(0)
        expect([waitsFor, here, now, power].map((text) => text?.en).join()).not.toMatch(/power that|waits for power/)
      }
    })

    test('the charge is part of what electricity costs', () => {
      for (const { chosen, job } of why) {
        const { parts, yuan, way, start } = chosen!
        const { electricity, carbon } = energyRates(charged, way.site)
        const metered = Array.from({ length: way.slots }, (_, i) => start + i).reduce(
          (sum, t) =>
            sum + way.kw * (electricity[t]! + carbon[t]! + way.site.pue[t]! * made.prices.demand[way.site.name]![t]!),
          0,
        )
        expect(parts.energy, job).toBeCloseTo(metered, 6)
        expect(parts.energy + parts.waiting + parts.chips + parts.power).toBeCloseTo(yuan, 9)
      }
    })
  })

  test('a job that is worth more than it takes is told that no room was found, not that it is too dear', () => {
    const left: Plan = {
      ...plan,
      placements: plan.placements.filter(({ job }) => job !== 'j1'),
      unserved: ['j1'],
    }
    const { waitsFor, alternatives } = explainJob(sample, left, 'j1')
    expect(alternatives[0]!.yuan).toBeLessThan(sample.jobs[0]!.valueYuan)
    expect(waitsFor.en).toMatch(/less than the 192\.00 yuan that the job is worth, but no room was found/)
    expect(waitsFor.zh).toMatch(/低于作业价值 192\.00 元/)
  })

  test('a job that its participant has no chip-hours for is told so', () => {
    const poor: Snapshot = {
      ...sample,
      participants: sample.participants.map((each) =>
        each.name === 'works' ? { ...each, quotaChipHours: 0.2 } : each,
      ),
      jobs: sample.jobs.filter(({ name }) => name === 'j6'),
    }
    const { waitsFor } = explainJob(poor, planDay(poor, effort), 'j6')
    expect(waitsFor.en).toMatch(/at least 0\.5 chip-hours, and the quota of works for the day has 0\.2 left/)
  })

  test('a job that may lie anywhere in a month is explained at once', () => {
    const month = readSnapshot(
      SAMPLE_YAML.replace('snapshot: sample-day', 'snapshot: month\nslots: 2976')
        .replaceAll(`to: '24:00'`, `to: '744:00'`)
        .replaceAll(/deadline: '[0-9:]+'/g, `deadline: '744:00'`),
    )
    const made = planDay(month, { seed: 1, ascents: 2, rounds: 2 })
    const began = process.cpuUsage()
    for (const { name } of month.jobs) expect(explainJob(month, made, name).here ?? made.unserved).toBeTruthy()
    const { user, system } = process.cpuUsage(began)
    expect((user + system) / 1e6).toBeLessThan(3)
  })

  test('a job whose quota would just do is not told that it is short', () => {
    const short = readSnapshot(
      SAMPLE_YAML.replace('snapshot: sample-day', 'snapshot: short-slots\nslots: 240\nslotMinutes: 6'),
    )
    const one = { ...short.jobs[0]!, chips: 1, hours: 0.1, checkpoint: undefined, tier: 0 as const }
    const day: Snapshot = {
      ...short,
      participants: short.participants.map((each) => ({ ...each, quotaChipHours: 0.3 })),
      jobs: ['a', 'b', 'c'].map((name) => ({ ...one, name })),
    }
    const made = planDay(day, { seed: 1, ascents: 20, rounds: 20 })
    const left = { ...made, placements: made.placements.filter(({ job }) => job !== 'c'), unserved: ['c'] }
    expect(explainJob(day, left, 'c').waitsFor.en).not.toMatch(/quota/)
  })

  test('a job that fits nowhere is told what to widen', () => {
    const huge: Snapshot = { ...sample, jobs: [{ ...sample.jobs[0]!, chips: 64 }] }
    expect(explainJob(huge, planDay(huge, effort), 'j1').waitsFor.en).toMatch(/widen/)
  })
})
