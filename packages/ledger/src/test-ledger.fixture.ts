import { fixedClock, type Migration } from '@dengta/kernel'
import type { Store, TestStores } from '@dengta/store'
import type { Ledger, NewRecord } from './ledger.ts'
import { ledgerMigrations } from './log/migrations.ts'
import type { LogTables } from './log/tables.ts'
import { type LedgerOptions, openLedger } from './open-ledger.ts'

/** An act of some domain: the row that must exist exactly if its record does. */
export interface ActTables extends LogTables {
  acts: { name: string }
}

const actMigration: Migration = { id: 'test/001-acts', sql: 'create table acts (name text primary key);' }

export interface TestLedger {
  readonly store: Store
  readonly ledger: Ledger
  /** Writes an act and its record in one transaction. */
  act(name: string, basis?: readonly string[]): ReturnType<Ledger['append']>
  reopen(options?: Partial<LedgerOptions>): Promise<Ledger>
  close(): Promise<void>
}

export const ORIGIN = 'example.com/log'
const sha256 = 'a'.repeat(64)

/** The house joins as leaf 0, as `verifyExport` wants it. */
export async function testLedger(stores: TestStores, options: Partial<LedgerOptions> = {}): Promise<TestLedger> {
  const store = await stores.make([...ledgerMigrations, actMigration])
  const clock = fixedClock('2026-11-22T08:00:00.000Z')
  const open = (more: Partial<LedgerOptions> = {}) =>
    openLedger({ store, clock, home: store.home, origin: ORIGIN, warn: () => {}, ...options, ...more })
  const ledger = await open()
  const opened = new Set([ledger])
  await joinHouse(store, ledger)
  return {
    store,
    ledger,
    act: (name, basis = []) =>
      store.transaction<ActTables, Awaited<ReturnType<Ledger['append']>>>(async (tx) => {
        await tx.insertInto('acts').values({ name }).execute()
        return ledger.append(tx, sampleRecord(name, basis))
      }),
    reopen: async (more) => {
      const again = await open(more)
      opened.add(again)
      return again
    },
    close: async () => {
      for (const one of opened) await one.close()
      await store.close()
    },
  }
}

export function sampleRecord(name: string, basis: readonly string[] = []): NewRecord<'replay'> {
  return {
    kind: 'replay',
    actor: 'house',
    subjects: [{ name, digest: { sha256 } }],
    predicate: {
      scenario: 's1',
      basis,
      submission: name,
      evaluation: sha256,
      expected: sha256,
      got: sha256,
      same: true,
    },
  }
}

async function joinHouse(store: Store, ledger: Ledger): Promise<void> {
  const key = await ledger.createKey('house')
  await store.transaction<LogTables, unknown>((tx) =>
    ledger.append(tx, {
      kind: 'participant',
      actor: 'house',
      subjects: [{ name: 'participant:house', digest: { sha256 } }],
      predicate: { basis: [], participant: 'house', name: 'Dengta', roles: ['operator'], key: { ...key } },
    }),
  )
}
