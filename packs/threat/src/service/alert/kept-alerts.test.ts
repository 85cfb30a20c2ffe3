import { type Store, testStores } from '@dengta/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { threatMigrations } from '../migrations.ts'
import type { ThreatTables } from '../tables.ts'
import { alertOf } from '../threat-house.fixture.ts'
import { addAlerts } from './alert-rows.ts'
import { KeptAlerts } from './kept-alerts.ts'

const MOST = 2500

for (const { name, make } of testStores()) {
  describe(`alerts that are kept, ${name}`, () => {
    let store: Store
    let next = 0
    beforeAll(async () => {
      store = await make(threatMigrations)
    })
    afterAll(() => store.close())
    const add = async (count: number): Promise<void> => {
      const alerts = Array.from({ length: count }, () => {
        next += 1
        return alertOf(0, { id: `alert-${next}`, receivedMs: next * 1000 })
      })
      await store.transaction<ThreatTables, void>((tx) => addAlerts(tx, 'live', alerts))
    }
    const stored = async () => {
      const rows = await store.db<ThreatTables>().selectFrom('threat_alerts').select('id').orderBy('seq').execute()
      return { alerts: rows.length, oldest: rows[0]?.id }
    }

    test('they are counted as they come, also across numbers that a failed step has used up', async () => {
      const kept = new KeptAlerts(store, MOST)
      expect(await kept.kept()).toEqual({ alerts: 0 })
      await add(2000)
      expect(await kept.kept()).toEqual({ alerts: 2000, since: new Date(1000) })
      const failed = store.transaction<ThreatTables, void>(async (tx) => {
        await addAlerts(tx, 'live', [alertOf(0, { id: 'failed' })])
        throw new Error('the step failed')
      })
      await expect(failed).rejects.toThrow('the step failed')
      expect(await kept.prune()).toBe(false)
      expect(await kept.kept()).toEqual({ alerts: 2000, since: new Date(1000) })
    })

    test('the oldest go in pieces of 1,000, the newest stay', async () => {
      const kept = new KeptAlerts(store, MOST)
      await add(2600)
      expect(await kept.prune()).toBe(true)
      expect(await stored()).toEqual({ alerts: 3600, oldest: 'alert-1001' })
      expect(await kept.prune()).toBe(false)
      expect(await stored()).toEqual({ alerts: 2600, oldest: 'alert-2001' })
      expect(await kept.prune()).toBe(false)
      expect(await kept.kept()).toEqual({ alerts: 2600, since: new Date(2_001_000) })
      await add(1000)
      expect(await kept.prune()).toBe(false)
      expect(await kept.kept()).toEqual({ alerts: 2600, since: new Date(3_001_000) })
      expect(await new KeptAlerts(store, MOST).kept()).toEqual(await kept.kept())
    })

    test('two that prune at once give up no more than one', async () => {
      const kept = new KeptAlerts(store, MOST)
      await add(1000)
      await Promise.all([kept.prune(), kept.prune(), kept.kept()])
      expect(await stored()).toEqual({ alerts: 2600, oldest: 'alert-4001' })
    })
  })
}
