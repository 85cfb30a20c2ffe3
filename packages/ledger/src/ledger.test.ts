import {
  consistencyNodes,
  consistencyProof,
  decodeEntryBundle,
  hashesAt,
  leafHash,
  openCheckpoint,
  rootOfHashes,
  verifyConsistency,
  verifyExport,
  verifyInclusion,
} from '@dengta/evidence'
import { testStores } from '@dengta/store'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readNodes } from './log/sql-log-store.ts'
import { type ActTables, ORIGIN, sampleRecord, type TestLedger, testLedger } from './test-ledger.fixture.ts'

describe.each(testStores())('ledger on $name', (stores) => {
  let house: TestLedger
  beforeEach(async () => {
    house = await testLedger(stores)
  })
  afterEach(() => house.close())

  const rows = async (table: 'acts' | 'log_records') => {
    const { count } = await house.store
      .db<ActTables>()
      .selectFrom(table)
      .select((of) => of.fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow()
    return Number(count)
  }

  test('an act that fails after its record leaves neither act nor record', async () => {
    const before = await house.ledger.head()
    const failing = house.store.transaction<ActTables, void>(async (tx) => {
      await tx.insertInto('acts').values({ name: 'a' }).execute()
      await house.ledger.append(tx, sampleRecord('a'))
      throw new Error('the act fails')
    })
    await expect(failing).rejects.toThrow('the act fails')
    expect([await rows('acts'), await rows('log_records')]).toEqual([0, 1])
    expect(await house.ledger.head()).toEqual(before)
    expect((await house.act('a')).index).toBe(1)
  })

  test('a record that is refused takes its act with it', async () => {
    const strange = 'f'.repeat(64)
    await expect(house.act('a', [strange])).rejects.toMatchObject({
      code: 'ledger.basis_missing',
      details: { id: strange },
    })
    expect([await rows('acts'), await rows('log_records')]).toEqual([0, 1])
  })

  test('two records in one act stand in order, the second may rest on the first', async () => {
    const second = await house.store.transaction<ActTables, { index: number }>(async (tx) => {
      const first = await house.ledger.append(tx, sampleRecord('a'))
      return house.ledger.append(tx, sampleRecord('b', [first.id]))
    })
    expect(second.index).toBe(2)
  })

  test('records are counted by kind', async () => {
    const before = (await house.ledger.counts()).get('replay') ?? 0
    await house.act('counted once')
    await house.act('counted twice')
    expect((await house.ledger.counts()).get('replay')).toBe(before + 2)
  })

  test('the very same record is a conflict', async () => {
    const { id } = await house.act('a')
    const again = house.store.transaction<ActTables, unknown>((tx) => house.ledger.append(tx, sampleRecord('a')))
    await expect(again).rejects.toMatchObject({ code: 'ledger.duplicate', kind: 'conflict', details: { id } })
  })

  test('an actor without a key records nothing', async () => {
    const fact = { ...sampleRecord('a'), actor: 'log' }
    const appending = house.store.transaction<ActTables, unknown>((tx) => house.ledger.append(tx, fact))
    await expect(appending).rejects.toMatchObject({ code: 'ledger.key_missing' })
  })

  test('50 acts at once make one chain', async () => {
    const records = await Promise.all(Array.from({ length: 50 }, (_, i) => house.act(`a${i}`)))
    const indexes = records.map((record) => record.index).sort((a, b) => a - b)
    expect(indexes).toEqual(Array.from({ length: 50 }, (_, i) => i + 1))
    const again = await house.reopen()
    expect(await again.head()).toMatchObject({ size: 51, rootHash: (await house.ledger.head()).rootHash })
  })

  test('every checkpoint that was handed out is consistent with every later one', async () => {
    const trust = { origin: ORIGIN, log: house.ledger.trust().log }
    const heads = []
    for (let i = 0; i < 20; i += 1) {
      heads.push(openCheckpoint((await house.ledger.head()).checkpoint, trust))
      await house.act(`a${i}`)
    }
    for (const [i, older] of heads.entries()) {
      for (const newer of heads.slice(i)) {
        const hashAt = hashesAt(await readNodes(house.store.db(), consistencyNodes(older.size, newer.size)))
        const proof = consistencyProof(older.size, newer.size, hashAt)
        const claim = { oldSize: older.size, newSize: newer.size, oldRoot: older.root, newRoot: newer.root, proof }
        expect(verifyConsistency(claim)).toBe(true)
      }
    }
  })

  test('the database itself refuses to change or remove what was appended', async () => {
    const db = house.store.db<ActTables>()
    await expect(db.updateTable('log_records').set({ actor: 'x' }).execute()).rejects.toThrow('append-only')
    await expect(db.deleteFrom('log_records').execute()).rejects.toThrow('append-only')
    await expect(db.deleteFrom('log_nodes').execute()).rejects.toThrow('append-only')
    await expect(sql`truncate log_nodes`.execute(db)).rejects.toThrow('append-only')
    expect(await rows('log_records')).toBe(1)
  })

  test('finds records by id, scenario, kind, basis and place', async () => {
    const first = await house.act('a')
    const second = await house.act('b', [first.id])
    const ids = async (filter: Parameters<typeof house.ledger.records>[0]) =>
      (await house.ledger.records(filter)).map((record) => record.id)
    expect(await house.ledger.find(first.id)).toEqual(first)
    expect(await house.ledger.find('0'.repeat(64))).toBeUndefined()
    expect(await ids({ scenario: 's1' })).toEqual([first.id, second.id])
    expect(await ids({ kinds: ['participant'] })).toHaveLength(1)
    expect(await ids({ basis: first.id })).toEqual([second.id])
    expect(await ids({ from: 1, limit: 1 })).toEqual([first.id])
  })

  test('an export brings the introductions of its signers along and verifies', async () => {
    await house.act('a')
    const { id } = await house.act('b')
    await house.act('c')
    const file = await house.ledger.export('one record', [id])
    expect(file.records.map((record) => record.index)).toEqual([0, 2])
    const report = verifyExport(file, { trust: house.ledger.trust() })
    expect(report.checks.filter((check) => !check.ok)).toEqual([])
    expect(report).toMatchObject({ ok: true, pinned: true, records: 2 })
    const moved = { ...file, records: file.records.map((record) => ({ ...record, index: record.index + 1 })) }
    expect(verifyExport(moved, { trust: house.ledger.trust() }).ok).toBe(false)
  })

  test('records signed with SM2 verify the same way', async () => {
    const sm2 = await testLedger(stores, { suite: 'sm2' })
    const { id, key } = await sm2.act('a')
    const report = verifyExport(await sm2.ledger.export('one', [id]), { trust: sm2.ledger.trust() })
    await sm2.close()
    expect([key.algorithm, sm2.ledger.trust().log.algorithm, report.ok]).toEqual(['sm2', 'ed25519', true])
  })

  test('names the record that cannot be exported', async () => {
    const id = '0'.repeat(64)
    await expect(house.ledger.export('x', [id])).rejects.toMatchObject({
      code: 'ledger.record_missing',
      details: { id },
    })
    await expect(house.ledger.export('x', [])).rejects.toMatchObject({ code: 'ledger.nothing_to_export' })
  })

  test('its tiles rebuild the root, and the entries hash to the leaves', async () => {
    for (let i = 0; i < 5; i += 1) await house.act(`a${i}`)
    const { size, checkpoint } = await house.ledger.head()
    const { root } = openCheckpoint(checkpoint, { origin: ORIGIN, log: house.ledger.trust().log })
    const hashes = (await house.ledger.tile(`tile/0/000.p/${size}`))!
    const leaves = Array.from({ length: size }, (_, i) => hashes.subarray(32 * i, 32 * (i + 1)))
    const entries = decodeEntryBundle((await house.ledger.tile(`tile/entries/000.p/${size}`))!)
    expect(rootOfHashes(leaves)).toEqual(root)
    expect(entries.map(leafHash)).toEqual(leaves.map((leaf) => new Uint8Array(leaf)))
    expect(await house.ledger.tile(`tile/0/000.p/${size + 1}`)).toBeUndefined()
    expect(await house.ledger.tile('tile/0/000')).toBeUndefined()
    expect(await house.ledger.tile('../keys/log.pem')).toBeUndefined()
    expect(verifyInclusion({ size, index: 0, leaf: leaves[0]!, root, proof: [] })).toBe(false)
  })

  describe('does not start on a log that does not add up', () => {
    const damages: readonly [string, string][] = [
      [
        'a changed envelope',
        `update log_records set envelope = replace(envelope, '"sig":"', '"sig":"AAAA') where idx = 1`,
      ],
      ['a missing last record', 'delete from log_records where idx = 2'],
      ['a missing node', 'delete from log_nodes where level = 1 and idx = 0'],
      ['a changed node', `update log_nodes set hash = decode(repeat('00', 32), 'hex') where level = 0 and idx = 1`],
      ['a head that was set back', 'update log_head set size = 2'],
      ['a head without its row', 'delete from log_head'],
      ['a record of a scenario that is filed under none', 'update log_records set scenario = null where idx = 2'],
      ['a record filed as another kind', `update log_records set kind = 'gate' where idx = 2`],
      ['a record filed under another id', `update log_records set id = repeat('0', 64) where idx = 2`],
      ['a record of another actor', `update log_records set actor = 'x' where idx = 2`],
      ['a record without its basis', `update log_records set basis = '{}' where idx = 2`],
      ['a newcomer whom nobody introduced', 'update log_records set introduces = null where idx = 0'],
      ['two records that changed places', 'update log_records set idx = 3 - idx + 100 where idx > 0'],
    ]
    test.each(damages)('%s', async (_, damage) => {
      const { id } = await house.act('a')
      await house.act('b', [id])
      await house.store.transaction<ActTables, void>(async (tx) => {
        for (const table of ['log_records', 'log_nodes'])
          await sql.raw(`alter table ${table} disable trigger all`).execute(tx)
        await sql.raw(damage).execute(tx)
      })
      await expect(house.reopen()).rejects.toMatchObject({ code: 'ledger.damaged' })
    })

    test('another origin than the one it signed for', async () => {
      await expect(house.reopen({ origin: 'example.com/other' })).rejects.toMatchObject({ code: 'ledger.damaged' })
    })
  })
})
