import { describe, expect, test } from 'vitest'
import { readSnapshot } from '../model/read-snapshot.ts'
import { SAMPLE_YAML } from '../model/sample-snapshot.fixture.ts'
import type { Placement } from '../model/snapshot.ts'
import { planDay } from '../plan/plan-day.ts'
import { rehearse } from './rehearse.ts'

const snapshot = readSnapshot(SAMPLE_YAML)
const { placements } = planDay(snapshot, { seed: 1, ascents: 100, rounds: 500 })
const busiest = Math.max(...placements.map(({ start }) => start)) * 15
const request = { fromMinute: busiest, minutes: 60, depth: 0.25, noticeMinutes: 30, sites: ['north', 'west'] }

/** One job alone at `west` from 10:00, 8 a100 at 382 W. */
const alone: Placement = { job: 'j2', site: 'west', chip: 'a100', level: 0, start: 40, slots: 24 }
const one = (change: Partial<typeof request>, checkpoint?: { everyMinutes: number; costSeconds: number }) =>
  rehearse(
    { ...snapshot, jobs: snapshot.jobs.map((job) => (job.name === 'j2' ? { ...job, checkpoint } : job)) },
    [alone],
    { ...request, fromMinute: 660, sites: ['west'], ...change },
  )

/** Nothing may be taken from it: it has no checkpoint, and its class one level on npu. */
const STIFF = { checkpoint: undefined, trust: undefined }

describe('rehearse', () => {
  test('draws what was planned outside the event and stays at or below target inside', () => {
    const { minutes, firstMinute, withinTarget, avoidedKwh, weighted, bound } = rehearse(snapshot, placements, request)
    const during = (i: number): boolean => firstMinute + i >= busiest && firstMinute + i < busiest + 60
    for (const [i, drawn] of minutes.drawnKw.entries()) {
      if (!during(i)) expect([drawn, minutes.targetKw[i]]).toEqual([minutes.plannedKw[i], -1])
      else if (withinTarget) expect(drawn).toBeLessThanOrEqual(minutes.targetKw[i]! + 1e-9)
    }
    const given = minutes.plannedKw.reduce((sum, kw, i) => sum + (kw - minutes.drawnKw[i]!) / 60, 0)
    expect(avoidedKwh).toBeCloseTo(given, 9)
    expect(weighted).toBeLessThanOrEqual(bound + 1e-12)
  })

  test('caps a job by its measured curve, and counts what that costs it', () => {
    const { jobs, weighted, bound, text } = one({ depth: 0.2 })
    expect(jobs).toEqual([
      expect.objectContaining({ job: 'j2', action: 'capped', lowestWatts: 291, minutesCapped: 60, minutesPaused: 0 }),
    ])
    const [job] = jobs
    expect(job!.lostChipHours).toBeCloseTo(8 * (1 - 0.86), 9)
    expect(job!.performance).toBeCloseTo(1 - (60 * (1 - 0.86)) / 360, 9)
    expect(weighted).toBeCloseTo(0.86, 9)
    expect(bound).toBeGreaterThan(0.86)
    expect(text.en).toMatch(/kept in every minute/)
  })

  test('pauses only what can come back from a checkpoint; without one the target is missed, and that is said', () => {
    expect(one({ depth: 1 })).toMatchObject({ withinTarget: false, minutesAbove: 60 })
    const paused = one({ depth: 1 }, { everyMinutes: 45, costSeconds: 120 })
    expect(paused).toMatchObject({
      withinTarget: true,
      minutesAbove: 0,
      jobs: [{ action: 'paused', minutesPaused: 60 }],
    })
    expect(paused.lostChipHours).toBeCloseTo((8 * (60 + 2 + 2)) / 60, 9)
  })

  test('without notice a pause throws away all since the last checkpoint', () => {
    const lost = one({ depth: 1, noticeMinutes: 0 }, { everyMinutes: 45, costSeconds: 120 }).lostChipHours
    expect(lost).toBeCloseTo((8 * (60 + 2 + (60 % 45))) / 60, 9)
  })

  test('a job whose tier allows nothing is spared while another can give', () => {
    const tiers = {
      ...snapshot,
      jobs: snapshot.jobs.map((job) => ({ ...job, tier: job.name === 'j1' ? (0 as const) : job.tier })),
    }
    const both: Placement[] = [alone, { ...alone, job: 'j1' }]
    const { jobs } = rehearse(tiers, both, { ...request, fromMinute: 660, depth: 0.1 })
    expect(jobs.map(({ job }) => job)).toEqual(['j2'])
    expect(jobs[0]!.floorKept).toBe(true)
  })

  test('each site gives its own share, as it is driven and settled: what one gives beyond it does not help another', () => {
    const checkpoint = { everyMinutes: 45, costSeconds: 120 }
    const jobs = snapshot.jobs.map((job) => (job.name === 'j2' ? { ...job, checkpoint } : job))
    const stiff: Placement = { ...alone, job: 'j4', chip: 'npu', site: 'north' }
    const answer = rehearse(
      { ...snapshot, jobs: jobs.map((job) => ({ ...job, ...(job.name === 'j4' && STIFF) })) },
      [alone, stiff],
      {
        ...{ ...request, fromMinute: 660, depth: 0.25 },
      },
    )
    expect(answer).toMatchObject({ withinTarget: false, minutesAbove: 60, jobs: [{ job: 'j2', site: 'west' }] })
    expect(answer.text.en).toContain('the target is missed in 60 minutes')
    const west = rehearse({ ...snapshot, jobs }, [alone], { ...request, fromMinute: 660, sites: ['west'] })
    expect(answer.avoidedKwh).toBeCloseTo(west.avoidedKwh, 9)
    expect(west).toMatchObject({ withinTarget: true, jobs: answer.jobs })
  })

  describe('with gangs that shrink', () => {
    const checkpoint = { everyMinutes: 45, costSeconds: 120 }
    const gangs = [
      { chips: 4, speed: 0.7 },
      { chips: 2, speed: 0.4 },
    ]
    const shrinking = (change: Partial<typeof request>, job = {}) =>
      rehearse(
        {
          ...snapshot,
          jobs: snapshot.jobs.map((each) => ({ ...each, ...(each.name === 'j2' && { gangs, checkpoint, ...job }) })),
        },
        [alone],
        { ...request, fromMinute: 660, sites: ['west'], ...change },
      )

    test('goes on with fewer chips where that loses least, and counts checkpoints on both ways, speed and chips', () => {
      // Half the power: 4 chips at 70 % (and 8 minutes of checkpoints), against 196 W x 8 at 62 %, which misses the half.
      const { jobs, chipsFreed, lostChipHours, withinTarget, text, weighted, bound } = shrinking({ depth: 0.5 })
      expect(withinTarget).toBe(true)
      expect(jobs).toEqual([
        expect.objectContaining({
          action: 'shrunk',
          minutesShrunk: 60,
          fewestChips: 4,
          minutesCapped: 0,
          lowestWatts: 382,
        }),
      ])
      expect(lostChipHours).toBeCloseTo((8 * (60 * 0.3 + 8)) / 60, 9)
      expect(jobs[0]!.performance).toBeCloseTo(1 - (60 * 0.3 + 8) / 360, 9)
      expect(chipsFreed).toBe(4)
      expect(text.en).toContain('1 of them go on with fewer chips (up to 4 set free)')
      expect(weighted).toBeLessThanOrEqual(bound)
    })

    test('a level and a gang together: speeds multiply', () => {
      const { jobs, lostChipHours } = shrinking({ depth: 0.6 })
      expect(jobs).toEqual([expect.objectContaining({ action: 'capped and shrunk', lowestWatts: 291, fewestChips: 4 })])
      expect(lostChipHours).toBeCloseTo((8 * (60 * (1 - 0.7 * 0.86) + 8)) / 60, 9)
    })

    test('a job without checkpoints keeps its gang; one whose floor forbids it is spared while another can give', () => {
      expect(shrinking({ depth: 0.5 }, { checkpoint: undefined })).toMatchObject({ withinTarget: false, chipsFreed: 0 })
      expect(shrinking({ depth: 0.3 }, { tier: 0 }).jobs).toMatchObject([{ floorKept: false }])
    })

    test('never loses more than its bound says is possible, over depths and notices', () => {
      for (const depth of [0.2, 0.45, 0.7, 0.9])
        for (const noticeMinutes of [0, 30]) {
          const { weighted, bound, withinTarget } = shrinking({ depth, noticeMinutes, minutes: 90 })
          expect([withinTarget, weighted <= bound + 1e-12]).toEqual([true, true])
        }
    })

    test('a placement on a smaller gang is planned there: only what the event takes from it is counted', () => {
      const half = { ...alone, chips: 4, slots: 35 }
      const days = snapshot.jobs.map((each) => (each.name === 'j2' ? { ...each, gangs, checkpoint } : each))
      const { jobs, minutes } = rehearse({ ...snapshot, jobs: days }, [half], {
        ...request,
        fromMinute: 660,
        depth: 0.5,
        sites: ['west'],
      })
      expect(minutes.plannedKw[60]).toBeCloseTo((4 * 382 * 1.1) / 1000, 9)
      expect(jobs).toEqual([expect.objectContaining({ chips: 4, fewestChips: 2, action: 'shrunk' })])
      expect(jobs[0]!.lostChipHours).toBeCloseTo((4 * (60 * (1 - 0.4 / 0.7) + 8)) / 60, 9)
    })
  })

  describe('with checkpoints hours apart and no notice', () => {
    const notice = { fromMinute: 660, minutes: 120, noticeMinutes: 0, sites: ['west'] }
    const fleet = (tier: 0 | 1 | 2 | 3, everyMinutes: number) => {
      const like = snapshot.jobs.find(({ name }) => name === 'j2')!
      const jobs = Array.from({ length: 8 }, (_, i) => ({
        ...like,
        ...{ name: `k${i}`, tier, checkpoint: { everyMinutes, costSeconds: 60 } },
      }))
      const placed = jobs.map(({ name }, i): Placement => ({ ...alone, job: name, start: 38 + (i % 4), slots: 24 + i }))
      return (change: { readonly depth: number }) => rehearse({ ...snapshot, jobs }, placed, { ...notice, ...change })
    }

    test('a pause stays where it is instead of going round, and no more work is thrown away than once', () => {
      const { jobs, weighted, bound, withinTarget } = fleet(1, 480)({ depth: 0.7 })
      expect(withinTarget).toBe(true)
      for (const { minutesPaused, minutesCapped } of jobs.filter((job) => job.minutesPaused > 0))
        expect(minutesPaused + minutesCapped).toBe(120)
      expect(weighted).toBeLessThanOrEqual(bound + 1e-12)
    })

    test('what is lost stays between the bound and what every job paused at once would lose', () => {
      for (const depth of [0.3, 0.6, 0.9]) {
        const run = fleet(3, 240)
        const [some, all] = [run({ depth }), run({ depth: 1 })]
        expect(some.weighted).toBeLessThanOrEqual(some.bound + 1e-12)
        expect(some.lostChipHours).toBeLessThanOrEqual(all.lostChipHours)
      }
    })

    test('where more is lost than the event lasts, that is said, and not that work goes on at less than nothing', () => {
      const { weighted, text } = fleet(3, 480)({ depth: 1 })
      const said = `${(100 * (1 - weighted)).toFixed(1)} %`
      expect(text.en).toContain(
        `${said} of the work of that time is lost, as pauses throw away earlier work too (at least ${said} had to be lost)`,
      )
      expect(text.zh).toContain(`损失相当于事件时段工作量的 ${said}（暂停还会丢弃此前的工作；至少须损失 ${said}）`)
      expect(text.en).not.toMatch(/goes on|-\d/)
    })

    test('where all must pause the bound counts what each throws away at least', () => {
      // Begun 9:30, 9:45, 10:00, 10:15, every 8 h a checkpoint: at 11:00 a pause throws away 90, 75, 60, 45 minutes, and one to read it back.
      const { bound, weighted } = fleet(3, 480)({ depth: 1 })
      const thrown = (90 + 75 + 60 + 45) / 4 + 1
      expect(bound).toBeCloseTo(-thrown / 120, 9)
      expect(weighted).toBeCloseTo(bound, 9)
    })
  })

  test('looks at each job of a large day a few times, not once for every other', () => {
    let reads = 0
    const like = snapshot.jobs.find(({ name }) => name === 'j2')!
    const jobs = Array.from({ length: 1000 }, (_, i) => ({
      ...like,
      get name() {
        reads += 1
        return `k${i}`
      },
    }))
    const placed = jobs.map((_, i): Placement => ({ ...alone, job: `k${i}` }))
    rehearse({ ...snapshot, jobs }, placed, { ...request, fromMinute: 660, minutes: 1, sites: ['west'] })
    expect(reads).toBeLessThan(10 * jobs.length)
  })

  test.each([
    ['no_site', { sites: ['nowhere'] }],
    ['outside_day', { fromMinute: 23 * 60, minutes: 61 }],
  ])('refuses %s', (name, change) => {
    expect(() => one(change)).toThrow(expect.objectContaining({ code: `grid_event.${name}` }))
  })
})
