import type { GridEventView } from '@dengta/sdk'
import { expect, test } from 'vitest'
import { eventLines, eventRows } from './event-lines.ts'

const english = { say: (text: { readonly en: string }) => text.en }
const EVENT: GridEventView = {
  ...{
    id: 'event_1',
    plan: 'plan_1',
    state: 'announced',
    announcedBy: 'house',
    announcedAt: '2026-11-22T06:00:00.000Z',
  },
  ...{ from: '2026-11-22T07:00:00.000Z', to: '2026-11-22T07:02:00.000Z', record: 'aaaa' },
  request: { from: '14:00', minutes: 2, depth: 0.25, noticeMinutes: 5, sites: ['north', 'west'] },
  promise: { withinTarget: true, avoidedKwh: 2.7, weighted: 0.188, bound: 0.805, floorsKept: true },
}
const SETTLED: GridEventView = {
  ...EVENT,
  state: 'settled',
  settlement: {
    ...{ record: 'bbbb', settledAt: '2026-11-22T08:00:00.000Z', source: 'estimate', baselineMethod: 'plan' },
    ...{ baselineKwh: 3, drawnKwh: 1, requestedKwh: 2.5, deliveredKwh: 2, minutes: 2, minutesWithin: 1 },
    payment: { energyYuan: 4, availabilityYuan: 0, shortfallYuan: 0, totalYuan: 4 },
    columns: { baselineKw: [90, 90], targetKw: [15, 15], drawnKw: [30, 30] },
    text: { en: '2.0 of 2.5 kWh delivered', zh: '交付 2.0 千瓦时' },
  },
}

test('events are listed with what was asked, and what was delivered once they are settled', () => {
  expect(eventRows([EVENT, SETTLED], english)).toEqual([
    'event_1  2026-11-22T07:00:00.000Z  2 min  25.0 %  north,west  announced  – / 2.7 kWh',
    'event_1  2026-11-22T07:00:00.000Z  2 min  25.0 %  north,west  settled    2.0 / 2.5 kWh',
  ])
  expect(eventRows([], english)).toEqual(['no grid event has been announced'])
})

test('a promise that loses more work than the event lasts says so', () => {
  const promise = { ...EVENT.promise, weighted: -0.1, bound: 0.725 }
  const said = eventLines({ ...EVENT, promise }, english)[2]
  expect(said).toMatch(
    /^promised: 2.7 kWh; 110.0 % of the work of that time is lost, .* \(at least 27.5 % had to be lost\)$/,
  )
  expect(eventLines(EVENT, english)[2]).toBe('promised: 2.7 kWh; work goes on at 18.8 % (at most 80.5 % was possible)')
})

test('a settled event says its baseline, where its power comes from, and each term of what is paid', () => {
  expect(eventLines(EVENT, english).at(-1)).toContain('announced: house')
  const lines = eventLines(SETTLED, english)
  expect(lines).toContain('2.0 of 2.5 kWh delivered')
  expect(lines).toContain('  baseline            plan')
  expect(lines).toContain('  power               estimate')
  expect(lines).toContain('  shortfall, yuan     0.00')
  expect(lines.at(-1)).toBe('record: bbbb')
  expect(lines.join()).not.toContain('days of the baseline')
  const { settlement } = SETTLED
  const ofDays = eventLines(
    { ...SETTLED, settlement: settlement && { ...settlement, baselineDays: ['2026-11-20', '2026-11-21'] } },
    english,
  )
  expect(ofDays).toContain('  days of the baseline  2026-11-20, 2026-11-21')
})

test('a settlement says whom the house put on fewer chips, and a shortfall of less than a fen has no sign', () => {
  const payment = { energyYuan: 4, availabilityYuan: 0, shortfallYuan: 0.001, totalYuan: 3.999 }
  const settlement = { ...SETTLED.settlement!, payment, complianceSeconds: 3, shrunk: { jobs: 2, chipsFreed: 12 } }
  const lines = eventLines({ ...SETTLED, settlement }, { say: ({ zh }) => zh })
  expect(lines).toContain('  缩减卡数          2 个作业，释放 12 片芯片')
  expect(lines).toContain('  欠交付（元）      0.00')
  expect(lines.at(-1)).toBe('凭证：bbbb')
})
