import type { Store } from '@dengta/store'
import { describe, expect, test } from 'vitest'
import { SAMPLE_DAY } from '../day/sample-day.fixture.ts'
import { sqlDayStore } from '../day/sql-day-store.ts'
import { sqlPlanRunStore } from '../plan-run/sql-plan-run-store.ts'
import type { ComputeTables } from '../tables.ts'
import type { GridEventRow } from './grid-event.ts'
import type { GridEventStore } from './grid-event-store.ts'

const EVENT: GridEventRow = {
  ...{ id: 'event_1', plan: 'plan_1', state: 'announced', record: 'e'.repeat(64) },
  request: { from: '14:00', minutes: 60, depth: 0.25, noticeMinutes: 15, sites: ['north'] },
  ...{ from: new Date('2026-11-22T14:00:00Z'), to: new Date('2026-11-22T15:00:00Z') },
  ...{ announcedBy: 'house', announcedAt: new Date('2026-11-22T08:00:00Z') },
  promise: { withinTarget: true, avoidedKwh: 2.5, weighted: 0.97, bound: 0.98, floorsKept: true },
  settlement: undefined,
}

const SETTLEMENT: NonNullable<GridEventRow['settlement']> = {
  ...{ record: 'f'.repeat(64), baselineMethod: 'plan', source: 'metered', settledAt: '2026-11-22T16:00:00.000Z' },
  ...{ baselineKwh: 10, drawnKwh: 7, requestedKwh: 2.5, deliveredKwh: 3, minutes: 60, minutesWithin: 60 },
  payment: { energyYuan: 6, availabilityYuan: 1, shortfallYuan: 0, totalYuan: 7 },
  columns: { baselineKw: [10], targetKw: [7.5], drawnKw: [7] },
  text: { en: 'delivered', zh: '已交付' },
}

/** Every implementation runs these same cases. `open` answers a fresh store. */
export function gridEventStoreContract(
  name: string,
  open: () => Promise<{ store: Store; events: GridEventStore }>,
): void {
  describe(`grid event store, ${name}`, () => {
    test('keeps an event, and its first settlement for good', async () => {
      const { store, events } = await open()
      await store.transaction<ComputeTables, void>(async (tx) => {
        await sqlDayStore(store).add(tx, SAMPLE_DAY)
        await sqlPlanRunStore(store).create(tx, {
          ...{ id: 'plan_1', day: 'day_1', snapshot: 'a'.repeat(64), kind: 'day', state: 'waiting' },
          effort: { name: 'quick', seed: 1, ascents: 2, rounds: 3 },
          ...{ askedBy: 'house', askedAt: EVENT.announcedAt },
        })
        await events.create(tx, EVENT)
        await events.create(tx, { ...EVENT, id: 'event_2' })
      })
      const settle = (id: string, deliveredKwh: number) =>
        store.transaction<ComputeTables, boolean>((tx) => events.settle(tx, id, { ...SETTLEMENT, deliveredKwh }))
      expect(await settle('event_1', 3)).toBe(true)
      expect(await settle('event_1', 99)).toBe(false)
      expect(await settle('none', 3)).toBe(false)
      expect(await events.find('event_1')).toEqual({ ...EVENT, state: 'settled', settlement: SETTLEMENT })
      expect(await events.find('none')).toBeUndefined()
      expect((await events.list()).map(({ id, state }) => [id, state])).toEqual([
        ['event_2', 'announced'],
        ['event_1', 'settled'],
      ])
      const still = async (at: string) => (await events.notOver(new Date(at))).map(({ id }) => id)
      expect(await still('2026-11-22T14:59:59Z')).toEqual(['event_2', 'event_1'])
      expect(await still('2026-11-22T15:00:00Z')).toEqual([])
      await store.close()
    })
  })
}
