import type { Store } from '@dengta/store'
import { sql } from 'kysely'
import { newTicket } from '../../ticket/ticket.ts'

const STEP = 5000

/** Tickets five minutes apart up to the day of the tests, each tenth of them open. */
export async function fillTickets(store: Store, count: number): Promise<void> {
  const db = store.db()
  const time = '2026-01-01T00:00:00.000Z'
  const title = { en: 'Credential access on web-1', zh: 'web-1 上的凭据访问' }
  const body = JSON.stringify(newTicket({ id: 'T', title, severity: 'high', links: [], event: time, detected: time }))
  for (let from = 0; from < count; from += STEP)
    await sql`insert into threat_tickets (id, version, state, changed_at, body, rank, looks, detected_at, closed_at,
        to_detect, to_acknowledge, to_respond, to_resolve, to_close)
      select 'ticket_live_' || n, 1, case when n % 10 = 0 then 'new' else 'closed' end, at, ${body}, n % 5, 1, at,
        case when n % 10 > 0 then at end, 30, n % 97, n % 89, n % 1009, n % 2003
      from (select n, '2026-11-22T08:00:00Z'::timestamptz - n * interval '5 minutes' as at
        from generate_series(${from}::int, ${from + STEP - 1}::int) n) as each`.execute(db)
  await sql`vacuum analyze threat_tickets`.execute(db)
}
