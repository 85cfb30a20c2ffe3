import type { Store } from '@dengta/store'
import { sql, type Transaction } from 'kysely'
import type { Delivery } from '../../publish/delivery.ts'
import type { OutboxStore } from '../../publish/outbox-store.ts'
import { publishErrors } from '../../publish/publish-errors.ts'
import type { ThreatTables } from '../tables.ts'

export function sqlOutboxStore(store: Store): OutboxStore {
  const rows = () => store.db<ThreatTables>().selectFrom('threat_outbox').select('body')
  return {
    add: (delivery) => store.transaction<ThreatTables, void>((tx) => addDeliveries(tx, [delivery])),
    due: async (now, limit) => {
      const due = await sql<{ body: string }>`
        select body from (
          select body, due_at, row_number() over (partition by endpoint order by due_at) as place
          from threat_outbox where state = 'pending' and due_at <= ${now}
        ) as due where place <= ${limit} order by due_at`.execute(store.db<ThreatTables>())
      return due.rows.map(deliveryOf)
    },
    update: async (delivery) => {
      const { id, version, state, dueAt, endedAt } = delivery
      const ended = endedAt === undefined ? null : new Date(endedAt)
      const { numUpdatedRows } = await store
        .db<ThreatTables>()
        .updateTable('threat_outbox')
        .set({ version, state, due_at: new Date(dueAt), ended_at: ended, body: JSON.stringify(delivery) })
        .where('id', '=', id)
        .where('version', '=', version - 1)
        .executeTakeFirst()
      if (numUpdatedRows === 0n) throw publishErrors.stale({ id })
    },
    find: async (id) => {
      const row = await rows().where('id', '=', id).executeTakeFirst()
      return row && deliveryOf(row)
    },
    dead: async (limit) =>
      (await rows().where('state', '=', 'dead').orderBy('ended_at', 'desc').limit(limit).execute()).map(deliveryOf),
  }
}

/** Written with the event that they tell of; one that is there already stays as it is. */
export async function addDeliveries(tx: Transaction<ThreatTables>, deliveries: readonly Delivery[]): Promise<void> {
  if (deliveries.length === 0) return
  await tx
    .insertInto('threat_outbox')
    .values(
      deliveries.map((delivery) => {
        const { id, version, endpoint, state, dueAt, endedAt } = delivery
        const ended_at = endedAt === undefined ? null : new Date(endedAt)
        return { id, version, endpoint, state, due_at: new Date(dueAt), ended_at, body: JSON.stringify(delivery) }
      }),
    )
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

const deliveryOf = ({ body }: { readonly body: string }): Delivery => JSON.parse(body) as Delivery
