import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { verifyExport } from '@dengta/evidence'
import { testStores } from '@dengta/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Ledger, LogHead } from '../ledger.ts'
import type { LogTables } from '../log/tables.ts'
import { logKey } from '../open-ledger.ts'
import { ORIGIN, sampleRecord, type TestLedger, testLedger } from '../test-ledger.fixture.ts'
import { type RunningWitness, startWitness } from '../witness/start-witness.ts'

const [stores] = testStores()
const closing: (() => Promise<void>)[] = []
let keys: string
let witness: RunningWitness

beforeEach(async () => {
  keys = mkdtempSync(join(tmpdir(), 'cosign-'))
  witness = await startNamed('w1')
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  rmSync(keys, { recursive: true })
})

async function startNamed(name: string): Promise<RunningWitness> {
  const started = await startWitness({ home: join(keys, name), name, origin: ORIGIN, logKey: await logKey(keys) })
  closing.push(() => started.stop())
  return started
}

/** A log under the one key of this test; two of them are a fork. */
async function openLog(witnesses = [witness]): Promise<TestLedger> {
  const log = await testLedger(stores!, { home: keys, witnesses })
  closing.push(() => log.close())
  return log
}

async function headWhere(ledger: Ledger, holds: (head: LogHead) => boolean): Promise<LogHead> {
  for (let i = 0; i < 100; i += 1) {
    const head = await ledger.head()
    if (holds(head)) return head
    await sleep(50)
  }
  throw new Error('the head never came to this')
}

const failing = (file: unknown, ledger: Ledger) =>
  verifyExport(file, { trust: ledger.trust() })
    .checks.filter((check) => !check.ok)
    .map((check) => check.code)

test('an export waits for all witnesses, and verifies under the trust root', async () => {
  const { ledger, act } = await openLog([witness, await startNamed('w2')])
  const { id } = await act('a')
  expect(failing(await ledger.export('one', [id]), ledger)).toEqual([])
  expect(await headWhere(ledger, (head) => head.cosignedSize === 2)).toMatchObject({
    witnesses: [
      { name: 'w1', cosignedSize: 2 },
      { name: 'w2', cosignedSize: 2 },
    ],
  })
})

test('the newest cosigned checkpoint catches up with a log that grows', async () => {
  const { ledger, act } = await openLog()
  for (let i = 0; i < 30; i += 1) await act(`a${i}`)
  const head = await headWhere(ledger, ({ size, cosignedSize }) => cosignedSize === size)
  expect(head.checkpoint.split('\n').filter((line) => line.startsWith('\u2014'))).toHaveLength(2)
})

test('without its witness the log goes on, and an export says what it lacks', async () => {
  const { ledger, act } = await openLog()
  await headWhere(ledger, (head) => head.cosignedSize === 1)
  await witness.stop()
  const { id } = await act('a')
  expect(failing(await ledger.export('one', [id], 200), ledger)).toEqual(['witnesses'])
  expect(await ledger.head()).toMatchObject({ size: 2, cosignedSize: 1 })
})

test('a record whose transaction stays open for a while is cosigned once it commits', async () => {
  const { store, ledger } = await openLog()
  await store.transaction<LogTables, void>(async (tx) => {
    await ledger.append(tx, sampleRecord('slow'))
    await sleep(300)
  })
  expect((await headWhere(ledger, (head) => head.cosignedSize === 2)).size).toBe(2)
})

test('a fork is refused, and the head of the log shows it', async () => {
  const truth = await openLog()
  for (const name of ['a', 'b', 'c']) await truth.act(name)
  await headWhere(truth.ledger, (head) => head.cosignedSize === 4)

  const fork = await openLog()
  for (const name of ['x', 'b', 'c', 'd', 'e']) await fork.act(name)
  const { witnesses, cosignedSize } = await headWhere(fork.ledger, ({ witnesses: [w] }) => w?.refusal?.size === 6)
  expect(cosignedSize).toBe(0)
  expect(witnesses[0]).toMatchObject({ name: 'w1', cosignedSize: 0, refusal: { size: 6, status: 422 } })
})

test('a log that lost its end is refused, and the head of the log shows it', async () => {
  const truth = await openLog()
  for (const name of ['a', 'b', 'c']) await truth.act(name)
  await headWhere(truth.ledger, (head) => head.cosignedSize === 4)

  const rolledBack = await openLog()
  await rolledBack.act('a')
  const { witnesses } = await headWhere(rolledBack.ledger, ({ witnesses: [w] }) => w?.refusal?.size === 2)
  expect(witnesses[0]?.refusal).toMatchObject({ status: 409, answer: 'the witness has seen 4 records already' })
})
