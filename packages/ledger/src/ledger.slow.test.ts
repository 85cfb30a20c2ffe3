import { rmSync } from 'node:fs'
import { verifyExport } from '@dengta/evidence'
import { fixedClock } from '@dengta/kernel'
import { openStore, type TestStores, testHome } from '@dengta/store'
import { afterEach, expect, test } from 'vitest'
import { testLedger } from './test-ledger.fixture.ts'

const RECORDS = 1000
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** The store as a server opens it: every commit reaches the disk. */
const durable: TestStores = {
  name: 'PGlite',
  make: async (migrations) => {
    const home = await testHome()
    closing.push(async () => rmSync(home, { recursive: true, force: true }))
    return openStore({ home, migrations, clock: fixedClock('2026-11-22T08:00:00Z') })
  },
}

test('figures of a log of 1,000 records', async () => {
  const house = await testLedger(durable)
  closing.push(() => house.close())
  const seconds = async (work: () => Promise<unknown>) => {
    const start = performance.now()
    await work()
    return (performance.now() - start) / 1000
  }
  const appending = await seconds(async () => {
    for (let i = 0; i < RECORDS; i += 1) await house.act(`a${i}`)
  })
  const ids = (await house.ledger.records()).map((record) => record.id)
  const file = await house.ledger.export('all', ids)
  const exports: number[] = []
  for (let i = 0; i < 3; i += 1) exports.push(await seconds(() => house.ledger.export('all', ids)))
  const exporting = Math.min(...exports)
  const opening = await seconds(() => house.reopen())
  console.log(JSON.stringify({ records: RECORDS, appendsPerSecond: RECORDS / appending, exporting, opening }))
  expect(verifyExport(file, { trust: house.ledger.trust() }).ok).toBe(true)
  expect(exporting).toBeLessThan(1)
})
