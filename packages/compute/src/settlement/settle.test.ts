import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { houseRoot } from '@dengta/store'
import { describe, expect, test } from 'vitest'
import type { Calendar } from './baseline.ts'
import { BASELINE_METHODS, type BaselineMethod } from './baseline-method.ts'
import { type MeterSeries, MINUTE } from './meter.ts'
import { type SettlementAnswer, type SettlementTerms, settle } from './settle.ts'

const DATA = join(process.env.DENGTA_DATA ?? join(dirname(houseRoot()), 'shared/data'), 'grid/emerald')
const hasData = existsSync(DATA)
const skipped = hasData ? '' : ': SKIPPED, set DENGTA_DATA to the folder that holds grid/'

const CALENDAR: Calendar = { utcOffsetMinutes: 480, holidays: [], excluded: [], others: [] }
const TARIFF = { yuanPerKwh: 3, paidUpTo: 1.2, shortfallYuanPerKwh: 1, availabilityYuanPerKw: 2 }
const DAY = 24 * 60
const HOUR = 60 * MINUTE

function settled(answer: SettlementAnswer) {
  if (!answer.ok) throw new Error(answer.reasons.map(({ text }) => text.en).join('; '))
  return answer.settlement
}

/** Tuesday 14 July 2026, 14:00 to 16:00 in China. */
const EVENT = { from: Date.UTC(2026, 6, 14, 6), to: Date.UTC(2026, 6, 14, 8) }

/** The same cut in every minute of a span. */
function termsFor(cuts: readonly { readonly site: string; readonly cutKw: number }[], span = EVENT): SettlementTerms {
  const minutes = (span.to - span.from) / MINUTE
  const promises = cuts.map(({ site, cutKw }) => ({ site, cutKw: new Float64Array(minutes).fill(cutKw) }))
  return { name: 'ask', span, promises, tolerance: 0.1, tariff: TARIFF }
}

/** Twenty days up to the end of the day of the event; `kwOf` says the power by days back and minute of the day (UTC+8). */
function twentyDays(site: string, kwOf: (back: number, minute: number) => number): MeterSeries {
  const startsAt = Date.UTC(2026, 6, 14 - 20, 16)
  const kw = Float64Array.from({ length: 20 * DAY }, (_, i) => kwOf(19 - Math.floor(i / DAY), i % DAY))
  return { site, startsAt, kw }
}

const inEvent = (minute: number): boolean => minute >= 14 * 60 && minute < 16 * 60

describe('baselines of earlier days', () => {
  /** Power of each day is 100 kW plus its days back; weekends draw 500. */
  const meter = twentyDays('east', (back, minute) => {
    const rest = [2, 3, 9, 10, 16, 17].includes(back)
    if (rest) return 500
    return back === 0 && inEvent(minute) ? 60 : 100 + (back === 0 ? 0 : back)
  })
  const plain = (high: number) => ({
    ...BASELINE_METHODS.high5of10,
    rule: { kind: 'days', high, of: 10, within: 45 } as const,
  })
  const kwOf = (high: number, calendar = CALENDAR) => {
    const terms = termsFor([{ site: 'east', cutKw: 40 }])
    const [site] = settled(settle(terms, [meter], { method: plain(high), calendar, effects: [] })).sites
    return site!
  }

  test('take like days only, newest first, and the highest of them', () => {
    expect(kwOf(10).baselineKw[0]).toBeCloseTo(100 + (1 + 4 + 5 + 6 + 7 + 8 + 11 + 12 + 13 + 14) / 10, 9)
    expect(kwOf(5).baselineKw[119]).toBeCloseTo(100 + (8 + 11 + 12 + 13 + 14) / 5, 9)
    expect(kwOf(5).days).toEqual(['2026-06-30', '2026-07-01', '2026-07-02', '2026-07-03', '2026-07-06'])
  })

  test('leave out excluded days, and count holidays as days of rest', () => {
    const calendar = { ...CALENDAR, excluded: ['2026-06-30'], holidays: ['2026-07-01'] }
    expect(kwOf(5, calendar).days).toEqual(['2026-06-26', '2026-06-29', '2026-07-02', '2026-07-03', '2026-07-06'])
  })

  test('leave out a night whose second date is left out', () => {
    const night = { from: Date.UTC(2026, 6, 14, 15), to: Date.UTC(2026, 6, 14, 17) }
    const calendar = { ...CALENDAR, excluded: ['2026-07-14'] }
    const longer = { ...meter, kw: [...Array.from(meter.kw), ...Array(60).fill(0)] }
    const terms = termsFor([{ site: 'east', cutKw: 40 }], night)
    const [site] = settled(settle(terms, [longer], { method: plain(5), calendar, effects: [] })).sites
    expect(site!.days).toContain('2026-06-30')
    expect(site!.days).not.toContain('2026-07-13')
    const [all] = settled(settle(terms, [longer], { method: plain(10), calendar: CALENDAR, effects: [] })).sites
    expect(all!.days).toContain('2026-07-13')
  })

  test('are scaled to the morning of the day, within the cap', () => {
    const adjusted = (today: number) => {
      const scaled = twentyDays('east', (back, minute) => {
        if ([2, 3, 9, 10, 16, 17].includes(back)) return 500
        return back === 0 ? (inEvent(minute) ? 60 : today) : 100
      })
      const options = { method: BASELINE_METHODS.last10, calendar: CALENDAR, effects: [] }
      const [site] = settled(settle(termsFor([{ site: 'east', cutKw: 40 }]), [scaled], options)).sites
      return site!.adjustedBy
    }
    expect(adjusted(108)).toBeCloseTo(1.08, 12)
    expect(adjusted(300)).toBe(1.2)
    expect(adjusted(10)).toBe(0.8)
  })

  test('are refused where a like day or a minute of the event is missing', () => {
    const options = { method: BASELINE_METHODS.high5of10, calendar: CALENDAR, effects: [] }
    const short = { ...meter, startsAt: meter.startsAt + 15 * DAY * MINUTE, kw: Array.from(meter.kw).slice(15 * DAY) }
    const refused = settle(termsFor([{ site: 'east', cutKw: 40 }]), [short], options)
    expect(refused).toMatchObject({ ok: false, reasons: [{ code: 'settlement.not_enough_data', met: 'unknown' }] })
    expect(JSON.stringify(refused)).toContain('10 like days with whole data within 45 days; there are 2')
    expect(JSON.stringify(refused)).toContain('the first minute missing is 2026-07-09T06:00:00Z')
    const kw = Float64Array.from(meter.kw)
    kw[19 * DAY + 14 * 60 + 5] = Number.NaN
    const gap = { ...meter, kw }
    const both = settle(
      termsFor([
        { site: 'east', cutKw: 40 },
        { site: 'west', cutKw: 1 },
      ]),
      [gap],
      options,
    )
    expect(both).toMatchObject({ ok: false, reasons: [{}, {}] })
    const [east, west] = both.ok ? [] : both.reasons.map(({ text }) => text)
    expect(east!.en).toMatch(/first minute missing is 2026-07-14T06:05:00Z$/)
    expect(west!.zh).toMatch(/缺失的第一分钟为 2026-07-14T06:00:00Z$/)
  })
})

describe('beside other events', () => {
  const atHour = (from: number, to: number) => ({
    from: EVENT.from + (from - 14) * HOUR,
    to: EVENT.from + (to - 14) * HOUR,
  })
  const drawn = (minute: number, cuts: readonly (readonly [from: number, to: number])[]): boolean =>
    cuts.some(([from, to]) => minute >= from * 60 && minute < to * 60)
  /** 108 kW on the day, 100 before; 40 in every cut of the day, whose hours are given. */
  const meterOf = (...cuts: (readonly [from: number, to: number])[]) =>
    twentyDays('east', (back, minute) => {
      if ([2, 3, 9, 10, 16, 17].includes(back)) return 500
      return back > 0 ? 100 : drawn(minute, [[14, 16], ...cuts]) ? 40 : 108
    })
  const siteOf = (name: keyof typeof BASELINE_METHODS, ...cuts: (readonly [from: number, to: number])[]) => {
    const calendar = { ...CALENDAR, others: cuts.map(([from, to]) => atHour(from, to)) }
    const options = { method: BASELINE_METHODS[name], calendar, effects: [] }
    return settled(settle(termsFor([{ site: 'east', cutKw: 40 }]), [meterOf(...cuts)], options)).sites[0]!
  }

  test('a day is scaled by what it drew before the first of them', () => {
    for (const name of ['last10', 'high5of10'] as const) {
      expect(siteOf(name, [11, 12]).adjustedBy).toBeCloseTo(1.08, 12)
      expect(siteOf(name, [12, 14]).adjustedBy).toBeCloseTo(1.08, 12)
      expect(siteOf(name, [13.5, 14], [8, 9]).adjustedBy).toBeCloseTo(1.08, 12)
      expect(siteOf(name, [16, 18], [5, 6]).adjustedBy).toBeCloseTo(1.08, 12)
    }
  })

  test('a level of the day itself is taken before the first and after the last of them', () => {
    expect(siteOf('meterBefore', [13, 14]).baselineKw[0]).toBe(108)
    expect(siteOf('meterBefore', [12, 13.5], [11, 12]).baselineKw[0]).toBe(108)
    expect(siteOf('sameDay3and2', [9, 11], [16.5, 18]).baselineKw[0]).toBe(108)
    expect(siteOf('sameDay3and2', [18.5, 19], [15, 17]).baselineKw[0]).toBe(108)
  })

  test('their days are left out, and so is a like day that is scaled by the evening before, if that was one of theirs', () => {
    const early = { from: Date.UTC(2026, 6, 13, 18), to: Date.UTC(2026, 6, 13, 19) }
    const thursday = { from: Date.UTC(2026, 6, 9, 9), to: Date.UTC(2026, 6, 9, 10) }
    const calendar = { ...CALENDAR, others: [thursday] }
    const daysBy = (method: BaselineMethod) => {
      const terms = termsFor([{ site: 'east', cutKw: 40 }], early)
      return settled(settle(terms, [meterOf()], { method, calendar, effects: [] })).sites[0]!.days
    }
    const scaled = daysBy(BASELINE_METHODS.last10)
    expect(scaled).not.toContain('2026-07-09')
    expect(scaled).not.toContain('2026-07-10')
    const { adjustment: _, ...plain } = BASELINE_METHODS.last10.rule
    expect(daysBy({ ...BASELINE_METHODS.last10, rule: plain })).toContain('2026-07-10')
  })
})

describe('settle', () => {
  /** East cuts 40 of 100 kW for an hour and 10 for the other; west delivers 30 of the 20 it promised. */
  const east = twentyDays('east', (back, minute) => (back === 0 && inEvent(minute) ? (minute < 900 ? 60 : 90) : 100))
  const west = twentyDays('west', (back, minute) => (back === 0 && inEvent(minute) ? 20 : 50))
  const effects = [
    { job: 'a', site: 'east', how: 'paused', lostChipHours: 4 },
    { job: 'a', site: 'east', how: 'slowed', lostChipHours: 1 },
    { job: 'b', site: 'west', how: 'paused', lostChipHours: 2 },
  ] as const
  const terms = termsFor([
    { site: 'east', cutKw: 40 },
    { site: 'west', cutKw: 20 },
  ])
  const options = { method: BASELINE_METHODS.meterBefore, calendar: CALENDAR, effects }
  const { sites, total } = settled(settle(terms, [east, west], options))

  test('keeps every term of a site apart', () => {
    expect(sites[0]).toMatchObject({
      ...{ meanDeliveredKw: 25, deliveredKwh: 50, overDeliveredKwh: 0, shortfallKwh: 30, heldAt: 0.75 },
      minutes: { met: 0.5, over: 0, short: 0.5 },
      payment: { energyYuan: 150, availabilityYuan: 80, shortfallYuan: 30, totalYuan: 200 },
      ...{ pausedJobs: 1, slowedJobs: 1, lostChipHours: 5 },
    })
    expect(sites[1]).toMatchObject({ overDeliveredKwh: 20, minutes: { met: 0, over: 1, short: 0 } })
  })

  test('pays over-delivery up to what the tariff says', () => {
    expect(sites[1]!.payment).toEqual({
      energyYuan: 2 * 24 * 3,
      availabilityYuan: 40,
      shortfallYuan: 0,
      totalYuan: 184,
    })
  })

  test('judges the total on the sum by minute and pays the sum of the sites', () => {
    expect(total).toMatchObject({
      ...{
        promisedKw: new Float64Array(120).fill(60),
        deliveredKwh: 110,
        shortfallKwh: 20,
        overDeliveredKwh: 10,
        lostChipHours: 7,
      },
      payment: { totalYuan: 384 },
    })
    expect(total.heldAt).toBeCloseTo((75 + 20) / 150, 12)
  })
})

/** The Phoenix trial: 400 minutes from 14:40 local time, cut held from 16:25 to before 19:35, UTC-7. */
describe.runIf(hasData)(`the Emerald trial${skipped}`, () => {
  const rows = hasData ? readFileSync(join(DATA, 'SRP_total_power.csv'), 'utf8').trim().split(/\r?\n/).slice(1) : []
  const kw = rows.map((row) => Number(row.split(',')[1]) / 1000)
  const startsAt = Date.UTC(2025, 4, 4, 21, 40)
  const span = { from: startsAt + 105 * MINUTE, to: startsAt + 295 * MINUTE }
  const meter = { site: 'phoenix', startsAt, kw }
  const rule = { kind: 'meter', beforeMinutes: 80, afterMinutes: 0, gapMinutes: 25 } as const
  const method: BaselineMethod = { ...BASELINE_METHODS.meterBefore, rule }
  const calendar = { ...CALENDAR, utcOffsetMinutes: -420 }
  const terms = termsFor([{ site: 'phoenix', cutKw: 0.25 * 94 }], span)

  test('held 68.5 % of the power before the ramp: it gave more than the quarter it had promised', () => {
    const [site] = settled(settle(terms, [meter], { method, calendar, effects: [] })).sites
    expect(site!.deliveredKw).toHaveLength(190)
    expect(site!.baselineKw[0]).toBeCloseTo(93.34, 2)
    expect(site!.heldAt).toBeCloseTo(0.685, 3)
    expect(site!.shortfallKwh).toBe(0)
    expect(site!.overDeliveredKwh).toBeCloseTo((93.343 - 63.97 - 23.5) * (190 / 60), 1)
  })

  test('cannot be settled by like days or by three hours before: the record is 400 minutes long', () => {
    for (const method of [BASELINE_METHODS.high5of10, BASELINE_METHODS.last10, BASELINE_METHODS.sameDay3and2])
      expect(settle(terms, [meter], { method, calendar, effects: [] })).toMatchObject({ ok: false })
  })
})
if (!hasData) console.log('SKIPPED: the Emerald trial, because the grid data is not on this machine')
