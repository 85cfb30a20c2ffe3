import type { Store } from '@dengta/store'
import type { Kysely, Transaction } from 'kysely'
import type { Ticket } from '../../ticket/ticket.ts'
import { ticketErrors } from '../../ticket/ticket-errors.ts'
import type { TicketStore } from '../../ticket/ticket-store.ts'
import { storable } from '../storable.ts'
import type { ThreatTables } from '../tables.ts'

export function sqlTicketStore(store: Store): TicketStore {
  const db = () => store.db<ThreatTables>()
  return {
    find: (id) => findTicket(db(), id),
    create: (ticket) =>
      store.transaction<ThreatTables, void>(async (tx) => {
        if (!(await insertTicket(tx, ticket))) throw ticketErrors.stale({ id: ticket.id })
      }),
    update: (ticket) => store.transaction<ThreatTables, void>((tx) => updateTicket(tx, ticket)),
    list: async ({ state, limit }) => {
      const all = db()
        .selectFrom('threat_tickets')
        .select('body')
        .orderBy('changed_at', 'desc')
        .orderBy('id')
        .limit(limit)
      const rows = await (state === undefined ? all : all.where('state', '=', state)).execute()
      return rows.map((row) => JSON.parse(row.body) as Ticket)
    },
  }
}

export async function findTicket(db: Kysely<ThreatTables>, id: string): Promise<Ticket | undefined> {
  const row = await db.selectFrom('threat_tickets').select('body').where('id', '=', id).executeTakeFirst()
  return row && (JSON.parse(row.body) as Ticket)
}

/** False where the id is there already. */
export async function insertTicket(tx: Transaction<ThreatTables>, ticket: Ticket): Promise<boolean> {
  const { id, version, state, changedAt } = ticket
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('threat_tickets')
    .values({ id, version, state, changed_at: new Date(changedAt), body: JSON.stringify(ticket) })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Throws `threat_ticket.stale`. */
export async function updateTicket(tx: Transaction<ThreatTables>, ticket: Ticket): Promise<void> {
  const { id, version, state, changedAt } = ticket
  const { numUpdatedRows } = await tx
    .updateTable('threat_tickets')
    .set({ version, state, changed_at: new Date(changedAt), body: JSON.stringify(ticket) })
    .where('id', '=', id)
    .where('version', '=', version - 1)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw ticketErrors.stale({ id: storable(id) })
}
