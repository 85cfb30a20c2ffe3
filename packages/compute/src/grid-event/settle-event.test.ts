import { settlementQuery } from '@dengta/sdk'
import { describe, expect, test } from 'vitest'
import { powerBySite } from '../model/cost.ts'
import { readSnapshot } from '../model/read-snapshot.ts'
import { SAMPLE_YAML } from '../model/sample-snapshot.fixture.ts'
import { timeOf } from '../model/series.ts'
import { planDay } from '../plan/plan-day.ts'
import { MINUTE } from '../settlement/meter.ts'
import { fullRequest, type GridEventRow } from './grid-event.ts'
import { settleEvent, settlementView, settleOwnJobs } from './settle-event.ts'

const snapshot = readSnapshot(SAMPLE_YAML)
/** A day that begins at midnight in China. */
const day = { startsAt: new Date('2026-11-18T16:00:00Z') }
const opened = { day, snapshot, plan: planDay(snapshot, { seed: 1, ascents: 20, rounds: 50 }) }
const DAY = 24 * 60 * MINUTE

/** An event of one hour that begins at a time of UTC, at north. */
const eventAt = (id: string, from: string, sites: readonly string[] = ['north'], minutes = 60): GridEventRow => ({
  ...{ id, plan: 'plan_1', state: 'announced', record: 'e'.repeat(64) },
  request: { from: '14:00', minutes, depth: 0.25, noticeMinutes: 15, sites: [...sites] },
  ...{ from: new Date(from), to: new Date(Date.parse(from) + minutes * MINUTE) },
  ...{ announcedBy: 'house', announcedAt: new Date('2026-10-01T08:00:00Z') },
  promise: { withinTarget: true, avoidedKwh: 2.5, weighted: 0.97, bound: 0.98, floorsKept: true },
})

/** Thursday, 22:00 in China; the Tuesday before drew little at that time, because the grid had asked. */
const THURSDAY = '2026-11-19T14:00:00Z'
const TUESDAY = '2026-11-17T14:00:00Z'
const event = eventAt('event_2', THURSDAY)
const startsAt = Date.parse('2026-10-01T00:00:00Z')
const kw = Float64Array.from({ length: (50 * DAY) / MINUTE }, (_, minute) => {
  const at = startsAt + minute * MINUTE - Date.parse(TUESDAY)
  return at >= 0 && at < 60 * MINUTE ? 4 : 10
})
const meters = [{ site: 'north', startsAt, kw }]
const query = settlementQuery.parse({ method: 'last10' })
const wholeBy = (given: object, events = [event], over: typeof opened = opened) => {
  const answer = settleEvent(event, over, { meters, query: settlementQuery.parse({ ...query, ...given }), events })
  if (!answer.ok) throw new Error(answer.reasons[0]?.text.en)
  return answer.settlement
}
const settled = (events: GridEventRow[], given = {}) => wholeBy(given, events).sites[0]!

describe('settling by meters', () => {
  test('takes no day for a baseline on which the grid had asked a site of the event before', () => {
    const alone = settled([event])
    expect(alone.days).toContain('2026-11-17')
    expect(alone.baselineKw[0]).toBeLessThan(10)
    const both = settled([event, eventAt('event_1', TUESDAY)])
    expect(both.days).toHaveLength(10)
    expect(both.days).not.toContain('2026-11-17')
    expect(both.baselineKw[0]).toBe(10)
    expect(settled([event, eventAt('event_1', TUESDAY, ['west'])]).days).toContain('2026-11-17')
  })

  test('takes no holiday and no day that it is told to leave out, and says which days it took', () => {
    const { baselineDays } = settlementView(wholeBy({}), event, 'metered')
    expect(baselineDays).toHaveLength(10)
    expect(baselineDays).toEqual(expect.arrayContaining(['2026-11-16', '2026-11-17', '2026-11-18']))
    const told = wholeBy({ holidays: '2026-11-16, 2026-11-18', leaveOut: '2026-11-17' })
    expect(told.sites[0]!.baselineKw[0]).toBe(10)
    expect(settlementView(told, event, 'metered').baselineDays).toEqual([
      ...['2026-11-02', '2026-11-03', '2026-11-04', '2026-11-05', '2026-11-06'],
      ...['2026-11-09', '2026-11-10', '2026-11-11', '2026-11-12', '2026-11-13'],
    ])
    expect(settlementView(wholeBy({ method: 'meterBefore' }), event, 'metered')).not.toHaveProperty('baselineDays')
  })

  test('an event on a holiday is compared with days of rest', () => {
    const rest = settlementView(wholeBy({ method: 'last10', holidays: '2026-11-19' }), event, 'metered')
    expect(rest.baselineDays?.every((day) => [0, 6].includes(new Date(day).getUTCDay()))).toBe(true)
  })

  test.each(['2026-02-30', '1 October', '2026-10-01;2026-10-02', ''])('"%s" is no list of dates', (holidays) => {
    expect(settlementQuery.safeParse({ holidays }).success).toBe(false)
  })

  test('an event takes out every date that it touches, by the clock of its day unless the contract counts by another', () => {
    const daysBeside = (from: string, given = {}) => settled([event, eventAt('event_1', from)], given).days
    expect(daysBeside('2026-11-17T15:30:00Z')).not.toContain('2026-11-17')
    expect(daysBeside('2026-11-17T15:30:00Z')).not.toContain('2026-11-18')
    expect(daysBeside('2026-11-17T15:30:00Z', { utcOffsetMinutes: 0 })).toContain('2026-11-18')
    expect(daysBeside('2026-11-17T15:00:00Z')).toContain('2026-11-18')
    const inGreenwich = { ...opened, day: { startsAt: new Date('2026-11-19T00:00:00Z') } }
    const [site] = wholeBy({}, [event, eventAt('event_1', '2026-11-17T15:30:00Z')], inGreenwich).sites
    expect(site!.days).toContain('2026-11-18')
  })

  test('is not misled by what another event took from the day itself', () => {
    const before = eventAt('event_1', '2026-11-19T13:00:00Z')
    const cut = kw.map((each, minute) => {
      const at = startsAt + minute * MINUTE
      return at >= before.from.getTime() && at < before.to.getTime() ? 4 : each
    })
    const settledBy = (events: readonly GridEventRow[]) => {
      const answer = settleEvent(event, opened, {
        meters: [{ site: 'north', startsAt, kw: cut }],
        query: settlementQuery.parse({ method: 'meterBefore' }),
        events,
      })
      if (!answer.ok) throw new Error(answer.reasons[0]?.text.en)
      return answer.settlement.sites[0]!
    }
    expect(settledBy([event, before]).baselineKw[0]).toBe(10)
    expect(settledBy([event, { ...before, request: { ...before.request, sites: ['west'] } }]).baselineKw[0]).toBe(4)
  })
})

describe('settling the jobs of this house', () => {
  const both = eventAt('event_3', THURSDAY, ['north', 'west'])
  const watched = (site: string) => ({ site, startsAt: both.from.getTime(), kw: new Float64Array(60).fill(1) })
  const theirs = (...sites: string[]) =>
    new Set(opened.plan.placements.filter(({ site }) => sites.includes(site)).map(({ job }) => job))
  const own = (given: Pick<Parameters<typeof settleOwnJobs>[2], 'meters' | 'theirs'>) =>
    settleOwnJobs(both, opened, { query, ...given })

  test('asks nothing of a site where it has no chips', () => {
    const answer = own({ meters: [watched('north')], theirs: theirs('west') })
    expect(answer).toMatchObject({ ok: true, settlement: { sites: [{ site: 'north' }] } })
  })

  test('says what is missing where it slept', () => {
    const named = (answer: ReturnType<typeof own>) => (answer.ok ? [] : answer.reasons.map(({ text }) => text.en))
    expect(named(own({ meters: [], theirs: theirs('north', 'west') }))).toHaveLength(2)
    expect(named(own({ meters: [watched('north')], theirs: theirs() }))).toEqual([
      expect.stringMatching(/not enough data to settle west: .* first minute missing is 2026-11-19T14:00:00Z/),
    ])
  })
})

test('what is drawn as the event leaves it, minute by minute of a plan that changes in it, is the promise kept', () => {
  const planned = powerBySite(snapshot, opened.plan.placements)[1]!
  const step = planned.findIndex((each, t) => t > 1 && each > 0 && planned[t - 1]! > 1.5 * each)
  const from = timeOf(step - 2, snapshot)
  const stepped = { ...event, request: { ...event.request, sites: ['west'], from } }
  const left = Float64Array.from({ length: 60 }, (_, i) => 0.75 * planned[step - 2 + Math.floor(i / 15)]!)
  const meter = { site: 'west', startsAt: event.from.getTime(), kw: left }
  const priced = settlementQuery.parse({ tolerance: 0, shortfallYuanPerKwh: 5, yuanPerKwh: 1 })
  const answer = settleOwnJobs(stepped, opened, { meters: [meter], query: priced, theirs: new Set() })
  if (!answer.ok) throw new Error(answer.reasons[0]?.text.en)
  const view = settlementView(answer.settlement, stepped, 'estimate')
  expect(view).toMatchObject({ minutes: 60, minutesWithin: 60 })
  expect(view.columns.targetKw).toEqual(view.columns.drawnKw)
  expect(view.deliveredKwh).toBeCloseTo(view.requestedKwh, 9)
  expect(view.payment.shortfallYuan).toBeCloseTo(0, 9)
  expect(view.payment.energyYuan).toBeCloseTo(view.deliveredKwh, 9)
})

test('a little more than the baseline is nothing delivered, not less than nothing', () => {
  const above = { ...query, method: 'meterBefore' } as const
  const more = Float64Array.from(kw, (each, minute) =>
    startsAt + minute * MINUTE >= event.from.getTime() ? each + 0.01 : each,
  )
  const answer = settleEvent(event, opened, {
    meters: [{ site: 'north', startsAt, kw: more }],
    query: above,
    events: [event],
  })
  if (!answer.ok) throw new Error(answer.reasons[0]?.text.en)
  const { text, deliveredKwh } = settlementView(answer.settlement, event, 'metered')
  expect(deliveredKwh).toBeCloseTo(-0.01, 9)
  expect(text.en).toMatch(/^0\.0 of /)
  expect(text.zh).toContain('实际交付 0.0 千瓦时')
})

test('a site that is named twice promises once', () => {
  const asked = { from: '14:00', minutes: 60, depth: 0.25, sites: ['north', 'west', 'north'] }
  expect(fullRequest(asked, ['north', 'west']).sites).toEqual(['north', 'west'])
})
