import type { Store } from '@dengta/store'
import { describe, expect, test } from 'vitest'
import type { ComputeTables } from '../tables.ts'
import type { Day } from './day.ts'
import type { DayStore } from './day-store.ts'
import { SAMPLE_DAY } from './sample-day.fixture.ts'

/** Every implementation runs these same cases. `open` answers a fresh store. */
export function dayStoreContract(name: string, open: () => Promise<{ store: Store; days: DayStore }>): void {
  describe(`day store, ${name}`, () => {
    test('gives back what was added, newest first', async () => {
      const { store, days } = await open()
      const add = (day: Day) => store.transaction<ComputeTables, Day>((tx) => days.add(tx, day))
      const second = { ...SAMPLE_DAY, id: 'day_2', snapshot: 'c'.repeat(64) }
      expect(await add(SAMPLE_DAY)).toEqual(SAMPLE_DAY)
      await add(second)
      expect(await days.list()).toEqual([second, SAMPLE_DAY])
      expect(await days.find('day_1')).toEqual(SAMPLE_DAY)
      expect(await days.find('none')).toBeUndefined()
      await store.close()
    })

    test('the same snapshot for the same start is one day, for another start another', async () => {
      const { store, days } = await open()
      const add = (day: Day) => store.transaction<ComputeTables, Day>((tx) => days.add(tx, day))
      await add(SAMPLE_DAY)
      expect((await add({ ...SAMPLE_DAY, id: 'day_2', name: 'again' })).id).toBe('day_1')
      const later = { ...SAMPLE_DAY, id: 'day_3', startsAt: new Date('2026-11-23T00:00:00Z') }
      expect(await add(later)).toEqual(later)
      expect(await days.list()).toHaveLength(2)
      await store.close()
    })
  })
}
