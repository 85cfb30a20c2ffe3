import type { Text } from '@dengta/kernel'
import type { Store } from '@dengta/store'
import type { Kysely, Transaction } from 'kysely'
import { SEVERITIES } from '../../incident/severities.ts'
import type { Ticket, TicketClock, TicketState } from '../../ticket/ticket.ts'
import { ticketErrors } from '../../ticket/ticket-errors.ts'
import type { TicketStore } from '../../ticket/ticket-store.ts'
import { minutesBetween } from '../../ticket/ticket-times.ts'
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
    list: async (query) => (await kept(db(), query)).map(({ ticket }) => ticket),
  }
}

/** Tickets of before kept their title in one language; it is shown in both. */
export function readTicket(body: string): Ticket {
  const { title, ...rest } = JSON.parse(body) as Omit<Ticket, 'title'> & { readonly title: string | Text }
  return { ...rest, title: typeof title === 'string' ? { en: title, zh: title } : title }
}

/** A ticket with the record of its closing. */
export interface KeptTicket {
  readonly ticket: Ticket
  readonly record: string | null
}

interface TicketPage {
  readonly state?: TicketState | undefined
  readonly offset?: number
  readonly limit: number
}

/** The latest changed first. */
export async function kept(
  db: Kysely<ThreatTables>,
  { state, offset = 0, limit }: TicketPage,
): Promise<readonly KeptTicket[]> {
  const all = db
    .selectFrom('threat_tickets')
    .select(['body', 'record'])
    .orderBy('changed_at', 'desc')
    .orderBy('id')
    .offset(offset)
    .limit(limit)
  const rows = await (state === undefined ? all : all.where('state', '=', state)).execute()
  return rows.map(({ body, record }) => ({ ticket: readTicket(body), record }))
}

/** How many tickets each state has; none where there is none. */
export async function countByState(db: Kysely<ThreatTables>): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('threat_tickets')
    .select((eb) => ['state', eb.fn.countAll<string>().as('count')])
    .groupBy('state')
    .execute()
  return new Map(rows.map(({ state, count }) => [state, Number(count)]))
}

export async function findTicket(db: Kysely<ThreatTables>, id: string): Promise<Ticket | undefined> {
  const row = await db.selectFrom('threat_tickets').select('body').where('id', '=', id).executeTakeFirst()
  return row && readTicket(row.body)
}

/** What figures over many tickets read. */
function figuresOf({ severity, looks, clock }: Ticket) {
  const minutes = (start: keyof TicketClock, end: keyof TicketClock) => minutesBetween(clock[start], clock[end]) ?? null
  return {
    ...{ rank: SEVERITIES.indexOf(severity), looks, detected_at: new Date(clock.detected) },
    closed_at: clock.closed === undefined ? null : new Date(clock.closed),
    ...{ to_detect: minutes('event', 'detected'), to_acknowledge: minutes('detected', 'acknowledged') },
    ...{ to_respond: minutes('detected', 'responded'), to_resolve: minutes('detected', 'resolved') },
    to_close: minutes('detected', 'closed'),
  }
}

/** False where the id is there already. */
export async function insertTicket(tx: Transaction<ThreatTables>, ticket: Ticket): Promise<boolean> {
  const { id, version, state, changedAt } = ticket
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('threat_tickets')
    .values({ id, version, state, changed_at: new Date(changedAt), body: JSON.stringify(ticket), ...figuresOf(ticket) })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Throws `threat_ticket.stale`. */
export async function updateTicket(tx: Transaction<ThreatTables>, ticket: Ticket): Promise<void> {
  const { id, version, state, changedAt } = ticket
  const { numUpdatedRows } = await tx
    .updateTable('threat_tickets')
    .set({ version, state, changed_at: new Date(changedAt), body: JSON.stringify(ticket), ...figuresOf(ticket) })
    .where('id', '=', id)
    .where('version', '=', version - 1)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw ticketErrors.stale({ id: storable(id) })
}
