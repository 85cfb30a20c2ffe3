import { testStores } from '@dengta/store'
import { describe, expect, test } from 'vitest'
import type { ThreatTables } from '../tables.ts'
import { decisionOf, groupOf, threatHouse } from '../threat-house.fixture.ts'
import { sealDecisions } from './seal-decisions.ts'

describe.each(testStores())('sealing decisions, $name', (stores) => {
  test('two at the same time, as at a stop, seal each decision once', async () => {
    const house = await threatHouse(stores)
    const groups = Array.from({ length: 40 }, (_, number) => groupOf(number))
    await house.step(
      [],
      groups.map((group) => decisionOf(group, 'close', -2)),
    )
    const records = (await Promise.all([sealDecisions(house, 'test'), sealDecisions(house, 'test')])).flat()
    expect(records).toHaveLength(1)
    const batches = await house.store.db<ThreatTables>().selectFrom('threat_batches').selectAll().execute()
    expect(batches).toMatchObject([{ record: records[0], decisions: 40 }])
    await house.close()
  })
})
