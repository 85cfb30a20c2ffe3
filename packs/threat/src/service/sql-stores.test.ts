import { testStores } from '@dengta/store'
import { describe, expect, test } from 'vitest'
import { alertSinkContract } from '../pipeline/sink/alert-sink.contract.ts'
import { outboxStoreContract } from '../publish/outbox-store.contract.ts'
import { runStoreContract } from '../respond/run-store.contract.ts'
import { ticketStoreContract } from '../ticket/ticket-store.contract.ts'
import { SqlAlertSink } from './flow/sql-alert-sink.ts'
import { threatMigrations } from './migrations.ts'
import { sqlRunStore } from './run/sql-run-store.ts'
import type { ThreatTables } from './tables.ts'
import { sqlTicketStore } from './ticket/sql-ticket-store.ts'
import { sqlOutboxStore } from './webhook/sql-outbox-store.ts'

for (const { name, make } of testStores()) {
  describe(name, () => {
    const open = () => make(threatMigrations)
    runStoreContract(name, async () => sqlRunStore(await open()))
    test('a journal of an earlier version, in one language, is read in both', async () => {
      const store = await open()
      const old = { kind: 'verified', at: '2026-01-01T00:00:00Z', actor: 'engine' }
      const rows = [{ ...old, detail: 'isolated' }, { ...old, detail: '' }, old]
      const lines = rows.map((row) => ({ run: 'run-old', body: JSON.stringify(row) }))
      const run = { id: 'run-old', version: 1, status: 'succeeded', body: '{}' }
      await store.db<ThreatTables>().insertInto('threat_runs').values(run).execute()
      await store.db<ThreatTables>().insertInto('threat_run_journal').values(lines).execute()
      const detail = { en: 'isolated', zh: 'isolated' }
      expect(await sqlRunStore(store).journal('run-old')).toEqual([{ ...old, detail }, old, old])
    })
    ticketStoreContract(name, async () => sqlTicketStore(await open()))
    outboxStoreContract(name, async () => sqlOutboxStore(await open()))
    const shared = open()
    alertSinkContract(name, async () => SqlAlertSink.open(await shared, { flow: 'live' }))
  })
}
