import { expect, test } from 'vitest'
import type { EventTarget } from './event-target.ts'
import { powerToKeep } from './power-to-keep.ts'

const HOUR = 3_600_000
const target: EventTarget = {
  ...{ event: 'event-1', site: 'north', from: 2 * HOUR, to: 4 * HOUR, startsAt: 0, slotMinutes: 60 },
  ...{ totalKw: [100, 100, 60, 50, 100], othersKw: [40, 40, 24, 20, 40] },
}
const sites = [{ name: 'north', limitKw: 70 }]

test('before an event the least that it will leave us is told', () => {
  expect(powerToKeep([target], sites, HOUR)).toEqual([
    { event: 'event-1', site: 'north', leftKw: 30, from: 2 * HOUR, to: 4 * HOUR },
  ])
})

test.each([
  ['has begun', target, sites, 2 * HOUR],
  ['begins in more than a day', target, sites, -23 * HOUR],
  ['leaves more than there is now', target, [{ name: 'north', limitKw: 20 }], HOUR],
  ['is at a site without chips of ours', target, [{ name: 'west', limitKw: 70 }], HOUR],
])('nothing is kept for an event that %s', (_why, event, limits, now) => {
  expect(powerToKeep([event], limits, now)).toEqual([])
})

test('of events that overlap at one site the deepest is kept for; one that follows has its own', () => {
  const deeper = { ...target, event: 'event-2', from: 3 * HOUR, totalKw: [100, 100, 60, 30, 100] }
  const after = { ...target, event: 'event-3', from: 4 * HOUR, to: 5 * HOUR, totalKw: [100, 100, 60, 50, 80] }
  const kept = powerToKeep([target, deeper, after], sites, HOUR)
  expect(kept.map(({ event, leftKw }) => [event, leftKw])).toEqual([
    ['event-2', 10],
    ['event-3', 40],
  ])
})
