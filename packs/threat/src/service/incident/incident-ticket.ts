import type { Text } from '@dengta/kernel'
import type { Transaction } from 'kysely'
import type { Incident } from '../../incident/incident.ts'
import { goneQuiet, newTicket, type Severity } from '../../ticket/ticket.ts'
import { WATCHING } from '../../triage/watch.ts'
import { storableTime } from '../storable.ts'
import type { ThreatTables } from '../tables.ts'
import { findTicket, insertTicket, updateTicket } from '../ticket/sql-ticket-store.ts'
import { ticketId } from '../triage/triage-finding.ts'

/** Of a replayed log the durations are kept and the end is now: people act by the clock of the house. */
const REPLAYED_MS = 3_600_000

interface Opening {
  /** As it opened. */
  readonly incident: Incident
  readonly id: string
  readonly title: Text
  readonly severity: Severity
  readonly now: Date
}

/**
 * True where it had none yet. First event and when triage raised it: by its declared delay, so the time to detect is that
 * delay and not measured; of one that opened by a later finding, when that came.
 */
export async function openTicket(tx: Transaction<ThreatTables>, opening: Opening): Promise<boolean> {
  const { incident, id, title, severity, now } = opening
  const raised = Math.max(incident.first + WATCHING.delay, incident.last)
  const shift = now.getTime() - raised > REPLAYED_MS ? now.getTime() - raised : 0
  const ticket = newTicket({
    ...{ id: ticketId(id), title, severity, links: [{ kind: 'incident', id }] },
    event: storableTime(incident.first + shift).toISOString(),
    detected: storableTime(raised + shift).toISOString(),
  })
  const made = await insertTicket(tx, ticket)
  if (made) await tx.updateTable('threat_incidents').set({ ticket: ticket.id }).where('id', '=', id).execute()
  return made
}

/** An incident that ends by itself leaves its ticket to people, and the ticket says so. */
export async function tellTicket(tx: Transaction<ThreatTables>, id: string, now: Date): Promise<void> {
  const ticket = await findTicket(tx, ticketId(id))
  const told = ticket && goneQuiet(ticket, now.toISOString())
  if (told) await updateTicket(tx, told)
}
