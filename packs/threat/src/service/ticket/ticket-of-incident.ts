import { HOUSE } from '@dengta/kernel'
import type { Ledger } from '@dengta/ledger'
import type { Transaction } from 'kysely'
import { closedWithIncident, reopenedWithIncident, type TicketMoment } from '../../ticket/ticket.ts'
import { audit } from '../audit.ts'
import type { ThreatTables } from '../tables.ts'
import { ticketId } from '../triage/triage-finding.ts'
import { findTicket, updateTicket } from './sql-ticket-store.ts'
import { ticketClosed } from './ticket-record.ts'

/** What a person did with the incident of a ticket. */
export interface IncidentAct {
  readonly incident: string
  readonly reason: string
  readonly by: string
  readonly at: Date
}

/** In the transaction that closes the incident; the ticket goes on record with its clock. */
export async function closeItsTicket(
  tx: Transaction<ThreatTables>,
  ledger: Ledger,
  { incident, reason, by, at }: IncidentAct,
): Promise<void> {
  const ticket = await findTicket(tx, ticketId(incident))
  const closed = ticket && closedWithIncident(ticket, reason, momentOf(by, at))
  if (!closed) return
  await updateTicket(tx, closed)
  const { id: record } = await ledger.append(tx, { actor: HOUSE, ...ticketClosed(closed, by) })
  await tx.updateTable('threat_tickets').set({ record }).where('id', '=', closed.id).execute()
  await audit(tx, { at, actor: by, action: 'ticket.close', target: closed.id, detail: incident })
}

/** In the transaction that opens the incident again. The record of the closing stays in the log. */
export async function reopenItsTicket(tx: Transaction<ThreatTables>, act: IncidentAct): Promise<void> {
  const { incident, reason, by, at } = act
  const ticket = await findTicket(tx, ticketId(incident))
  const open = ticket && reopenedWithIncident(ticket, reason, momentOf(by, at))
  if (!open) return
  await updateTicket(tx, open)
  await audit(tx, { at, actor: by, action: 'ticket.reopen', target: open.id, detail: incident })
}

const momentOf = (actor: string, at: Date): TicketMoment => ({ at: at.toISOString(), actor })
