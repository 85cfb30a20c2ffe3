import type { Ticket, TicketState } from './ticket.ts'

/** Port. */
export interface TicketStore {
  find(id: string): Promise<Ticket | undefined>
  /** Inserts; throws `threat_ticket.stale` when the id exists. */
  create(ticket: Ticket): Promise<void>
  /** Writes only if the stored version is `ticket.version - 1`; throws `threat_ticket.stale` otherwise. */
  update(ticket: Ticket): Promise<void>
  /** The latest changed first; `state` narrows. */
  list(query: { readonly state?: TicketState; readonly limit: number }): Promise<readonly Ticket[]>
}
