import { HOUSE } from '@dengta/kernel'
import type { Ledger } from '@dengta/ledger'
import type { ExpressionBuilder, Transaction } from 'kysely'
import { closedWithIncident, reopenedWithIncident, type TicketMoment } from '../../ticket/ticket.ts'
import { audit } from '../audit.ts'
import type { ThreatTables } from '../tables.ts'
import { ticketId } from '../triage/triage-finding.ts'
import { findTicket, updateTicket } from './sql-ticket-store.ts'
import { ticketClosed } from './ticket-record.ts'

/** What a person did with an incident, and so with the tickets of it and of those that turned out to be it. */
export interface IncidentAct {
  readonly incident: string
  readonly reason: string
  readonly by: string
  readonly at: Date
}

/** In the transaction that closes the incident; each ticket goes on record with its clock. */
export async function closeItsTickets(tx: Transaction<ThreatTables>, ledger: Ledger, act: IncidentAct): Promise<void> {
  const absorbed = await tx
    .selectFrom('threat_incidents')
    .select('id')
    .where('merged_into', '=', act.incident)
    .orderBy('seq')
    .execute()
  for (const id of [act.incident, ...absorbed.map((each) => each.id)]) await close(tx, ledger, ticketId(id), act)
}

async function close(
  tx: Transaction<ThreatTables>,
  ledger: Ledger,
  id: string,
  { incident, reason, by, at }: IncidentAct,
): Promise<void> {
  const ticket = await findTicket(tx, id)
  const closed = ticket && closedWithIncident(ticket, reason, momentOf(by, at))
  if (!closed) return
  await updateTicket(tx, closed)
  const { id: record } = await ledger.append(tx, { actor: HOUSE, ...ticketClosed(closed, by) })
  await tx.updateTable('threat_tickets').set({ record }).where('id', '=', closed.id).execute()
  await audit(tx, { at, actor: by, action: 'ticket.close', target: closed.id, detail: incident })
}

/** In the transaction that opens the incident again: its own ticket, and those that were closed with it. Records stay in the log. */
export async function reopenItsTickets(tx: Transaction<ThreatTables>, act: IncidentAct): Promise<void> {
  const own = ticketId(act.incident)
  const closedWithIt = await tx
    .selectFrom('threat_audit')
    .select('target')
    .distinct()
    .where('action', '=', 'ticket.close')
    .where('detail', '=', act.incident)
    .where('target', '!=', own)
    .where('at', '>=', (eb) => lastClosing(eb, act.incident))
    .orderBy('target')
    .execute()
  for (const id of [own, ...closedWithIt.map(({ target }) => target)]) await reopen(tx, id, act)
}

/** When the incident was closed by a person last. */
const lastClosing = (eb: ExpressionBuilder<ThreatTables, 'threat_audit'>, incident: string) =>
  eb
    .selectFrom('threat_audit as closing')
    .select((of) => of.fn.max('closing.at').as('at'))
    .where('closing.action', '=', 'incident.close')
    .where('closing.target', '=', incident)

async function reopen(tx: Transaction<ThreatTables>, id: string, act: IncidentAct): Promise<void> {
  const { incident, reason, by, at } = act
  const ticket = await findTicket(tx, id)
  const open = ticket && reopenedWithIncident(ticket, reason, momentOf(by, at))
  if (!open) return
  await updateTicket(tx, open)
  await audit(tx, { at, actor: by, action: 'ticket.reopen', target: open.id, detail: incident })
}

const momentOf = (actor: string, at: Date): TicketMoment => ({ at: at.toISOString(), actor })
