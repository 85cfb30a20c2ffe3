import { type ExportFile, openCheckpoint, verifyExport } from '@dengta/evidence'
import type { RawReply } from '@dengta/kernel'
import type { RecordList, RecordView } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestHouse, testHouse } from '../test-house.fixture.ts'

const [stores] = testStores()
let house: TestHouse
beforeEach(async () => {
  house = await testHouse(stores!)
})
afterEach(() => house.close())

const isVerified = (file: unknown) => verifyExport(file, { trust: house.ledger.trust() }).ok

test('lists page by page, by scenario and by kind', async () => {
  for (let i = 0; i < 5; i += 1) await house.state('house')
  const first = (await house.call('GET /api/v1/records', { query: { scenario: 's1', limit: '3' } })) as RecordList
  expect(first.records.map(({ index }) => index)).toEqual([1, 2, 3])
  const rest = (await house.call('GET /api/v1/records', { query: { scenario: 's1', from: first.next } })) as RecordList
  expect(rest.records.map(({ index }) => index)).toEqual([4, 5])
  expect(rest.next).toBeUndefined()
  const { records } = (await house.call('GET /api/v1/records', { query: { kind: 'participant' } })) as RecordList
  expect(records).toMatchObject([{ index: 0, actor: 'house', subjects: [{ name: 'participant:house' }] }])
})

test('shows a record with what rests on it', async () => {
  const basis = await house.state('house')
  const above = await house.state('house', [basis.id])
  const view = (await house.call('GET /api/v1/records/:id', { params: { id: basis.id } })) as RecordView
  expect(view).toMatchObject({
    id: basis.id,
    kind: 'replay',
    predicate: { submission: 'x' },
    usedBy: [{ id: above.id }],
  })
  const missing = house.call('GET /api/v1/records/:id', { params: { id: 'x' } })
  await expect(missing).rejects.toMatchObject({ code: 'ledger.record_missing' })
})

test('what is exported verifies after its way through the answer schema', async () => {
  const { id } = await house.state('house')
  await house.state('house')
  expect(isVerified(await house.call('GET /api/v1/records/:id/export', { params: { id } }))).toBe(true)
  const scenario = await house.call('GET /api/v1/scenarios/:id/export', { params: { id: 's1' } })
  expect((scenario as ExportFile).records).toHaveLength(3)
  expect(isVerified(JSON.parse(JSON.stringify(scenario)))).toBe(true)
  const nothing = house.call('GET /api/v1/scenarios/:id/export', { params: { id: 'no such' } })
  await expect(nothing).rejects.toMatchObject({ code: 'dataspace.no_records' })
})

test('a bundle carries the envelope of its record', async () => {
  const { id, envelope } = await house.state('house')
  const reply = (await house.call('GET /api/v1/records/:id/bundle', { params: { id } })) as RawReply
  expect(JSON.parse(String(reply.body))).toMatchObject({ dsseEnvelope: envelope })
})

test('the log, its trust root, its checkpoint and its tiles agree', async () => {
  await house.state('house')
  const trust = house.ledger.trust()
  const { body } = (await house.call('GET /log/checkpoint')) as RawReply
  const { size } = openCheckpoint(String(body), trust)
  expect(await house.call('GET /api/v1/log')).toMatchObject({ origin: 'example.com/log', size, cosignedSize: size })
  expect(await house.call('GET /api/v1/trust')).toEqual(trust)
  const tile = (await house.call('GET /log/tile/*', { params: { '*': `0/000.p/${size}` } })) as RawReply
  expect(tile).toMatchObject({ immutable: true, body: { length: 32 * size } })
  const missing = house.call('GET /log/tile/*', { params: { '*': '../checkpoint' } })
  await expect(missing).rejects.toMatchObject({ code: 'dataspace.tile_missing' })
})
