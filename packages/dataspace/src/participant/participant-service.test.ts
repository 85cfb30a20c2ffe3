import { verifyExport } from '@dengta/evidence'
import { keyId } from '@dengta/kernel'
import { testStores } from '@dengta/store'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { operator, type TestHouse, testHouse } from '../test-house.fixture.ts'

const newcomer = { id: 'grid-lab', name: '电网实验室', roles: ['developer' as const] }

describe.each(testStores())('participants on $name', (stores) => {
  let house: TestHouse
  beforeEach(async () => {
    house = await testHouse(stores)
  })
  afterEach(() => house.close())

  test('the house is the first record of its log, once', async () => {
    await house.restart()
    const [first, ...more] = await house.ledger.records()
    expect(more).toEqual([])
    expect(first).toMatchObject({ index: 0, kind: 'participant', statement: { predicate: { participant: 'house' } } })
  })

  test('a newcomer is on record under the key that signs for it', async () => {
    const { record, keyId: key } = await house.participants.register(newcomer)
    const stated = await house.state('grid-lab')
    expect(keyId(stated.key)).toBe(key)
    const file = await house.ledger.export('one', [stated.id])
    expect(file.records.map(({ index }) => index)).toEqual([0, 1, 2])
    expect((await house.ledger.find(record))?.statement.predicate).toMatchObject({
      actor: 'house',
      participant: 'grid-lab',
    })
    expect(verifyExport(file, { trust: house.ledger.trust() }).checks.filter((check) => !check.ok)).toEqual([])
  })

  test('an id that is taken leaves no second record, also for two at once', async () => {
    const both = await Promise.allSettled([
      house.participants.register(newcomer),
      house.participants.register(newcomer),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(house.participants.register(newcomer)).rejects.toMatchObject({ code: 'dataspace.participant_exists' })
    expect(await house.ledger.records()).toHaveLength(2)
  })

  test('the routes register and list', async () => {
    const made = await house.call('POST /api/v1/participants', { caller: operator, body: newcomer })
    expect(made).toMatchObject({ ...newcomer, joinedAt: '2026-11-22T08:00:00.000Z' })
    const { participants } = (await house.call('GET /api/v1/participants')) as { participants: { id: string }[] }
    expect(participants.map(({ id }) => id).sort()).toEqual(['grid-lab', 'house'])
    expect(await house.call('GET /api/v1/me', { caller: operator })).toEqual(operator)
    expect(await house.participants.caller('grid-lab')).toMatchObject({ participant: 'grid-lab', roles: ['developer'] })
    expect(await house.participants.caller('nobody')).toBeUndefined()
  })
})
