import type { Store } from '@dengta/store'
import { describe, expect, test } from 'vitest'
import type { PortfolioTables } from '../tables.ts'
import type { ScenarioRow, ScenarioStore } from './scenario-store.ts'

const nox: ScenarioRow = {
  id: 'nox',
  owner: 'plant',
  record: 'a'.repeat(64),
  statedAt: new Date('2026-11-22T08:00:00.000Z'),
}

/** Every implementation runs these same cases. `open` answers a fresh store. */
export function scenarioStoreContract(
  name: string,
  open: () => Promise<{ store: Store; scenarios: ScenarioStore }>,
): void {
  describe(`scenario store, ${name}`, () => {
    const opened = async () => {
      const { store, scenarios } = await open()
      const put = (row: ScenarioRow) => store.transaction<PortfolioTables, void>((tx) => scenarios.put(tx, row))
      return { store, scenarios, put }
    }

    test('gives back what was written, by id', async () => {
      const { store, scenarios, put } = await opened()
      const dga = { ...nox, id: 'dga' }
      await put(nox)
      await put(dga)
      expect(await scenarios.find('nox')).toEqual(nox)
      expect(await scenarios.find('none')).toBeUndefined()
      expect(await scenarios.list()).toEqual([dga, nox])
      expect(await store.transaction<PortfolioTables, unknown>((tx) => scenarios.lock(tx, 'nox'))).toEqual(nox)
      await store.close()
    })

    test('a later statement of the owner replaces the row; another owner is refused', async () => {
      const { store, scenarios, put } = await opened()
      const later = { ...nox, record: 'b'.repeat(64), statedAt: new Date('2026-11-23T08:00:00.000Z') }
      await put(nox)
      await put(later)
      await expect(put({ ...nox, owner: 'rival' })).rejects.toMatchObject({ code: 'portfolio.scenario_taken' })
      expect(await scenarios.list()).toEqual([later])
      await store.close()
    })

    test('what a failed transaction wrote is not there', async () => {
      const { store, scenarios } = await opened()
      const failing = store.transaction<PortfolioTables, void>(async (tx) => {
        await scenarios.put(tx, nox)
        throw new RangeError('later')
      })
      await expect(failing).rejects.toThrow(RangeError)
      expect(await scenarios.list()).toEqual([])
      await store.close()
    })
  })
}
