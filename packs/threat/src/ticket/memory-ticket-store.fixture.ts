import type { Ticket } from './ticket.ts'
import { ticketErrors } from './ticket-errors.ts'
import type { TicketStore } from './ticket-store.ts'

/** For tests. */
export function memoryTicketStore(): TicketStore {
  const tickets = new Map<string, Ticket>()
  const write = async (ticket: Ticket, previous: number | undefined) => {
    if (tickets.get(ticket.id)?.version !== previous) throw ticketErrors.stale({ id: ticket.id })
    tickets.set(ticket.id, ticket)
  }
  return {
    find: async (id) => tickets.get(id),
    create: (ticket) => write(ticket, undefined),
    update: (ticket) => write(ticket, ticket.version - 1),
    list: async ({ state, limit }) =>
      [...tickets.values()]
        .filter((ticket) => state === undefined || ticket.state === state)
        .toSorted((a, b) => Date.parse(b.changedAt) - Date.parse(a.changedAt))
        .slice(0, limit),
  }
}
