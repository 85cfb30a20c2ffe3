import { testStores } from '@dengta/store'
import { sql } from 'kysely'
import { AUDITOR, threatHouse } from '../../packs/threat/src/service/threat-house.fixture.ts'
import { newTicket } from '../../packs/threat/src/ticket/ticket.ts'
import { type Benchmark, figure } from '../figure.ts'

const TICKETS = 100_000
const STEP = 5000
const LOOKS = 5

/** Times and hand-over report of a house with 100,000 tickets of a year, a tenth of them open. */
export const tickets: Benchmark = async (emit) => {
  const [stores] = testStores()
  const house = await threatHouse(stores!)
  const db = house.store.db()
  const time = '2026-01-01T00:00:00.000Z'
  const title = { en: 'Credential access on web-1', zh: 'web-1 上的凭据访问' }
  const body = JSON.stringify(newTicket({ id: 'T', title, severity: 'high', links: [], event: time, detected: time }))
  for (let from = 0; from < TICKETS; from += STEP)
    await sql`insert into threat_tickets (id, version, state, changed_at, body, rank, looks, detected_at, closed_at,
        to_detect, to_acknowledge, to_respond, to_resolve, to_close)
      select 'ticket_live_' || n, 1, case when n % 10 = 0 then 'new' else 'closed' end, at, ${body}, n % 5, 1, at,
        case when n % 10 > 0 then at end, 30, n % 97, n % 89, n % 1009, n % 2003
      from (select n, '2026-11-22T08:00:00Z'::timestamptz - n * interval '5 minutes' as at
        from generate_series(${from}::int, ${from + STEP - 1}::int) n) as each`.execute(db)
  await sql`vacuum analyze threat_tickets`.execute(db)
  const shift = { from: '2026-11-22T00:00:00Z', to: '2026-11-22T08:00:00Z' }
  for (const [name, place, query] of [
    ['times', 'GET /ticket-times', {}],
    ['hand-over report', 'GET /hand-over', shift],
  ] as const) {
    const taken: number[] = []
    for (let look = 0; look < LOOKS; look += 1) {
      const begun = process.cpuUsage()
      await house.call(AUDITOR, place, { query })
      const { user, system } = process.cpuUsage(begun)
      taken.push((user + system) / 1000)
    }
    const median = taken.toSorted((one, other) => one - other)[Math.floor(LOOKS / 2)]!
    emit(
      figure(`tickets, 100,000 of a year: ${name}`, median, 'ms CPU', {
        goal: { is: '<=', than: 100 },
        yardstick: `${LOOKS} times: ${taken.map((each) => each.toFixed(0)).join(', ')}`,
      }),
    )
  }
  await house.close()
}
