import { expect, test } from 'vitest'
import type { Snapshot } from '../model/snapshot.ts'
import type { EventTarget } from './event-target.ts'
import { powerForOthers } from './power-for-others.ts'

const HOUR = 3_600_000
const snapshot = {
  ...{
    slotMinutes: 60,
    slots: 4,
    sites: [
      { name: 'north', pue: [1.1, 1.2, 1.2, 1.1] },
      { name: 'west', pue: [1.5] },
    ],
  },
  classes: {
    train: {
      a100: [
        { watts: 250, speed: 0.9 },
        { watts: 400, speed: 1 },
      ],
    },
    infer: { a100: [], npu: [] },
  },
} as unknown as Snapshot
const target: EventTarget = {
  ...{ event: 'e', site: 'north', from: 1.5 * HOUR, to: 2.5 * HOUR, startsAt: 0, slotMinutes: 60 },
  ...{ totalKw: [90, 90, 90, 90], othersKw: [30, 25, 20, 30] },
}
const othersKw = [
  [40, 40, 40, 10],
  [7, 7, 7, 7],
]
const power = powerForOthers({ snapshot, startsAt: 0, othersKw, targets: [target] })

test.each([
  ['now, as the plan has it', 'north', [0, 0], 40],
  ['until the event begins', 'north', [0, 1.5 * HOUR], 40],
  ['into the event: its target', 'north', [0, 2 * HOUR], 25],
  ['through the event, slot by slot', 'north', [0, 2.4 * HOUR], 20],
  ['to the last slot, which goes on', 'north', [0, 100 * HOUR], 10],
  ['after the event', 'north', [2.5 * HOUR, 2.6 * HOUR], 40],
  ['at a site without one', 'west', [0, 100 * HOUR], 7],
  ['at a site that the day does not know', 'east', [0, HOUR], 0],
] as const)('others may draw %s', (_when, site, [from, to], kw) => {
  expect(power.leastKw(site, from, to)).toBe(kw)
})

test('a chip counts at the highest level that any class has on it, at the worst PUE of its site', () => {
  expect(power.chipKw('north', 'a100')).toBeCloseTo(0.48)
  expect(power.chipKw('west', 'a100')).toBeCloseTo(0.6)
  expect(power.chipKw('north', 'npu')).toBeUndefined()
})
