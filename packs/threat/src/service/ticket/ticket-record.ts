import { canonicalJson, sha256Hex, utf8 } from '@dengta/kernel'
import type { NewRecord } from '@dengta/ledger'
import type { Ticket } from '../../ticket/ticket.ts'
import { plainJson } from '../storable.ts'

/** The record of a closed ticket: its clock, not its words. */
export function ticketClosed(ticket: Ticket, by: string): Omit<NewRecord<'ticket-closed'>, 'actor'> {
  const { id, severity, clock, looks, reopenings } = ticket
  const { event, detected, acknowledged, responded, resolved, closed } = clock
  const digest = sha256Hex(utf8(canonicalJson(plainJson(ticket))))
  return {
    kind: 'ticket-closed',
    subjects: [{ name: `ticket:${id}`, digest: { sha256: digest } }],
    predicate: {
      ...{ basis: [], ticket: id, severity, by, event, detected, closed: closed as string, looks, reopenings },
      ...(acknowledged === undefined ? {} : { acknowledged }),
      ...(responded === undefined ? {} : { responded }),
      ...(resolved === undefined ? {} : { resolved }),
    },
  }
}
