import { testStores } from '@dengta/store'
import { describe } from 'vitest'
import { alertSinkContract } from '../pipeline/sink/alert-sink.contract.ts'
import { outboxStoreContract } from '../publish/outbox-store.contract.ts'
import { runStoreContract } from '../respond/run-store.contract.ts'
import { ticketStoreContract } from '../ticket/ticket-store.contract.ts'
import { SqlAlertSink } from './flow/sql-alert-sink.ts'
import { threatMigrations } from './migrations.ts'
import { sqlRunStore } from './run/sql-run-store.ts'
import { sqlTicketStore } from './ticket/sql-ticket-store.ts'
import { sqlOutboxStore } from './webhook/sql-outbox-store.ts'

for (const { name, make } of testStores()) {
  describe(name, () => {
    const open = () => make(threatMigrations)
    runStoreContract(name, async () => sqlRunStore(await open()))
    ticketStoreContract(name, async () => sqlTicketStore(await open()))
    outboxStoreContract(name, async () => sqlOutboxStore(await open()))
    const shared = open()
    alertSinkContract(name, async () => SqlAlertSink.open(await shared, { flow: 'live' }))
  })
}
