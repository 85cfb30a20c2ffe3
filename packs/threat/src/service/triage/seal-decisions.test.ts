import { testStores } from '@dengta/store'
import { describe, expect, test } from 'vitest'
import type { ThreatTables } from '../tables.ts'
import { AUDITOR, alertOf, decisionOf, groupOf, threatHouse } from '../threat-house.fixture.ts'
import { sealDecisions } from './seal-decisions.ts'
import { seenAlertOf } from './seen-alert-of.ts'

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

  test('decisions of another model are a batch of their own', async () => {
    const house = await threatHouse(stores)
    const decided = (number: number, model: string) => ({ ...decisionOf(groupOf(number), 'close', -2), model })
    await house.step([], [decided(0, 'old'), decided(1, 'old'), decided(2, 'new')])
    expect(await sealDecisions(house, 'test')).toHaveLength(2)
    const batches = await house.store.db<ThreatTables>().selectFrom('threat_batches').select('decisions').execute()
    expect(batches.map(({ decisions }) => decisions).sort()).toEqual([1, 2])
    await house.close()
  })

  test('names with half a surrogate pair, from a house of before, are sealed with U+FFFD and hold up nothing', async () => {
    const house = await threatHouse(stores)
    const group = groupOf(0, { host: 'web-\uD800', accounts: ['\uDC00eve'] })
    await house.step([], [decisionOf(group, 'close', -2), decisionOf(groupOf(1), 'close', -2)])
    const [record = ''] = await sealDecisions(house, 'test')
    const params = { record }
    const { body } = await house.call<{ body: Uint8Array }>(AUDITOR, 'GET /triage/batches/:record', { params })
    const [line = '', ...others] = Buffer.from(body).toString().trimEnd().split('\n')
    expect(JSON.parse(line)).toMatchObject({ group: { host: 'web-\uFFFD', accounts: ['\uFFFDeve'] } })
    expect(others).toHaveLength(1)
    await house.close()
  })

  test('an event with half a surrogate pair is grouped by U+FFFD', () => {
    const names = { host: 'web-\uD800', account: '\uDC00eve', addresses: ['\uDFFF'] }
    const { host, account, addresses } = seenAlertOf({ ...alertOf(0), entities: names })
    expect([host, account, addresses]).toEqual(['web-\uFFFD', '\uFFFDeve', ['\uFFFD']])
  })
})
