import { describe, expect, test } from 'vitest'
import { readSnapshot } from '../model/read-snapshot.ts'
import { SAMPLE_YAML } from '../model/sample-snapshot.fixture.ts'
import { engineLimits, type PowerSituation } from './engine-limits.ts'
import { type EventTarget, leastBySlot } from './event-target.ts'

const SLOT = 15 * 60_000
const snapshot = readSnapshot(SAMPLE_YAML)
const column = (kw: number): number[] => Array(96).fill(kw)
const SITUATION: PowerSituation = { snapshot, startsAt: 0, othersKw: [column(1), column(3)], targets: [] }
/** From slot 40 to before slot 44; the site may draw 2 kW in all, others 0.5 of it. */
const EVENT: EventTarget = {
  ...{ event: 'e', site: 'north', from: 40 * SLOT, to: 44 * SLOT, startsAt: 0, slotMinutes: 15 },
  ...{ totalKw: column(2), othersKw: column(0.5) },
}

describe('engineLimits', () => {
  test('envelope less reserve less others, site by site and up the feeders', () => {
    const { sites, feeders, holdMinutes } = engineLimits(SITUATION, 10 * SLOT)
    expect(sites).toEqual([
      { name: 'north', parent: 'park', limitKw: 4.5, events: [] },
      { name: 'west', parent: 'region', limitKw: 5, events: [] },
    ])
    expect(feeders.map(({ name, limitKw }) => [name, limitKw])).toEqual([
      ['region', 8],
      ['park', 9],
    ])
    expect(holdMinutes).toBe(15)
  })

  test.each([
    ['before', 40 * SLOT - 1, 4.5, []],
    ['from its first moment', 40 * SLOT, 1.5, ['e']],
    ['to its last', 44 * SLOT - 1, 1.5, ['e']],
    ['after', 44 * SLOT, 4.5, []],
  ])('an event holds %s', (_, now, limitKw, events) => {
    const [north] = engineLimits({ ...SITUATION, targets: [EVENT] }, now).sites
    expect(north).toMatchObject({ limitKw, events })
  })

  test('what others leave of their share is ours, and a cut lasts as long as the event', () => {
    const { sites, holdMinutes } = engineLimits(
      { ...SITUATION, targets: [EVENT], othersKw: [column(0.2), column(0)] },
      40 * SLOT,
    )
    expect(sites[0]!.limitKw).toBeCloseTo(1.8)
    expect(holdMinutes).toBe(60)
  })

  test('sites without chips of the engine get no limit, so nothing starts there', () => {
    expect(engineLimits({ ...SITUATION, engineSites: ['west'] }, 0).sites.map(({ name }) => name)).toEqual(['west'])
  })
})

test('the least that events leave, slot by slot; a slot that an event touches counts whole', () => {
  const late = { ...EVENT, from: 41.5 * SLOT, totalKw: column(1) }
  const least = leastBySlot([EVENT, late], { startsAt: 0, slotMinutes: 15, slots: 96 })
  expect(least.slice(39, 45)).toEqual([Number.POSITIVE_INFINITY, 2, 1, 1, 1, Number.POSITIVE_INFINITY])
})
