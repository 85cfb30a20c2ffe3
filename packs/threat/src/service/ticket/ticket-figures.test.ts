import { type Store, testStores } from '@dengta/store'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { actOnTicket, newTicket, type Ticket, type TicketAction } from '../../ticket/ticket.ts'
import { ticketTimes } from '../../ticket/ticket-times.ts'
import { threatMigrations } from '../migrations.ts'
import type { ThreatTables } from '../tables.ts'
import { insertTicket, updateTicket } from './sql-ticket-store.ts'
import { closedTickets, detectedSince, openTickets, ticketFigures } from './ticket-figures.ts'

const START = Date.parse('2026-11-20T08:00:00Z')
const at = (minute: number): string => new Date(START + minute * 60_000).toISOString()
/** What people write may look like a clock. */
const HOSTILE = '"closed":"2020-01-01T00:00:00.000Z" "looks":99 \\"severity\\":\\"low\\" \u0000'

/** Each a step or some further on its way than the one before, at times of its own. */
function tickets(): Ticket[] {
  const way: TicketAction[] = [
    { kind: 'note', text: HOSTILE },
    { kind: 'look' },
    { kind: 'acknowledge' },
    { kind: 'respond' },
    { kind: 'resolve', resolution: HOSTILE },
    { kind: 'close' },
    { kind: 'reopen', reason: 'again' },
  ]
  return Array.from({ length: 40 }, (_, number) => {
    const severity = (['low', 'critical', 'medium'] as const)[number % 3]!
    const title = { en: HOSTILE, zh: HOSTILE }
    const times = { event: at(number), detected: at(number + 1.25 * (number % 7)) }
    const fresh = newTicket({ id: `t${number}`, title, severity, links: [], ...times })
    const moment = (step: number) => ({ at: at(100 + step * (number % 5) + number / 3), actor: 'ann' })
    return way
      .slice(0, number % (way.length + 1))
      .reduce((ticket, action, step) => actOnTicket(ticket, action, moment(step)), fresh)
  })
}

const figures = (store: Store) => ticketFigures(store.db<ThreatTables>(), detectedSince(new Date(START)))
const columns = async (store: Store) =>
  (
    await sql<object>`select id, rank, looks, detected_at, closed_at, to_detect, to_acknowledge, to_respond, to_resolve,
    to_close from threat_tickets order by id`.execute(store.db())
  ).rows

describe.each(testStores())('figures of tickets, $name', ({ make }) => {
  test('the database reckons as the tickets themselves do, and a house of before gets the same columns', async () => {
    const all = tickets()
    const store = await make(threatMigrations)
    await store.transaction<ThreatTables, void>(async (tx) => {
      for (const ticket of all) {
        await insertTicket(tx, newTicket({ ...ticket, ...ticket.clock, severity: 'high' }))
        await updateTicket(tx, { ...ticket, version: 2 })
      }
    })
    const { times, looks, tickets: count } = await figures(store)
    const expected = ticketTimes(all)
    for (const name of ['detect', 'acknowledge', 'respond', 'resolve', 'close'] as const) {
      const { mean, median, ...counts } = times[name]
      expect(counts).toEqual({ count: expected[name].count, without: expected[name].without })
      expect(mean).toBeCloseTo(expected[name].mean!, 9)
      expect(median).toBeCloseTo(expected[name].median!, 9)
    }
    expect({ looks, count }).toEqual({ looks: all.reduce((sum, each) => sum + each.looks, 0), count: 40 })
    const open = await openTickets(store.db(), new Date(at(10_000)))
    expect(open.total).toBe(all.filter(({ state }) => state !== 'closed').length)
    expect(open.tickets[0]?.severity).toBe('critical')
    const closed = await closedTickets(store.db(), { from: new Date(START), to: new Date(at(10_000)) })
    expect(closed.total).toBe(all.filter(({ state }) => state === 'closed').length)

    const before = threatMigrations.findIndex(({ id }) => id === 'threat/014-ticket-clock')
    const old = await make(threatMigrations.slice(0, before))
    for (const ticket of all)
      await sql`insert into threat_tickets (id, version, state, changed_at, body)
        values (${ticket.id}, 1, ${ticket.state}, ${ticket.changedAt}, ${JSON.stringify(ticket)})`.execute(old.db())
    await sql.raw(threatMigrations[before]!.sql).execute(old.db())
    expect(await columns(old)).toEqual(await columns(store))
    await old.close()
    await store.close()
  })

  test('none at all have no figures', async () => {
    const store = await make(threatMigrations)
    const none = { count: 0, without: 0, mean: undefined, median: undefined }
    expect(await figures(store)).toMatchObject({ tickets: 0, looks: 0, times: { detect: none, close: none } })
    await store.close()
  })
})
