import type { TicketBoard, TicketList, TicketView } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newTicket, type TicketState } from '../../ticket/ticket.ts'
import type { ThreatTables } from '../tables.ts'
import { ANN, AUDITOR, type ThreatHouse, threatHouse } from '../threat-house.fixture.ts'
import { insertTicket } from './sql-ticket-store.ts'

const OLD = '2026-11-22T05:00:00.000Z'
const START = Date.parse('2026-11-22T06:00:00Z')

describe.each(testStores())('the board of tickets, $name', (stores) => {
  let house: ThreatHouse

  beforeAll(async () => {
    house = await threatHouse(stores)
    await house.store.transaction<ThreatTables, void>(async (tx) => {
      const put = async (count: number, state: TicketState, from: number) => {
        for (let number = from; number < from + count; number += 1) {
          const at = new Date(START + number * 1000).toISOString()
          const ticket = newTicket({
            id: `t${number}`,
            title: { en: 'T', zh: '工' },
            severity: 'low',
            links: [],
            event: at,
            detected: at,
          })
          await insertTicket(tx, { ...ticket, state, changedAt: at })
        }
      }
      await put(60, 'new', 0)
      await put(5, 'reopened', 30.5)
      await put(120, 'closed', 1000)
      await tx.updateTable('threat_tickets').set({ record: 'rec_1' }).where('id', '=', 't1119').execute()
    })
  })
  afterAll(() => house.close())

  test('each column says how many it has and shows those changed last, whatever state they are in', async () => {
    const { columns } = await house.call<TicketBoard>(AUDITOR, 'GET /ticket-board')
    expect(columns.map(({ states, total, tickets }) => [states[0], total, tickets.length])).toEqual([
      ['new', 65, 50],
      ['acknowledged', 0, 0],
      ['in-progress', 0, 0],
      ['waiting', 0, 0],
      ['resolved', 0, 0],
      ['closed', 120, 50],
    ])
    expect(columns[0]?.tickets.slice(24, 27).map(({ id, state }) => [id, state])).toEqual([
      ['t35', 'new'],
      ['t34.5', 'reopened'],
      ['t34', 'new'],
    ])
    expect(columns[5]?.tickets[0]).toMatchObject({ id: 't1119', record: 'rec_1' })
  })

  test('the list goes on where a page ended, and says how many there are', async () => {
    const page = (query: object) => house.call<TicketList>(AUDITOR, 'GET /tickets', { query })
    const [first, second] = [await page({ limit: 100 }), await page({ limit: 100, offset: 100 })]
    expect([first.total, first.tickets.length, second.tickets.length]).toEqual([185, 100, 85])
    expect(new Set([...first.tickets, ...second.tickets].map(({ id }) => id)).size).toBe(185)
    expect(await page({ state: 'reopened', limit: 2 })).toMatchObject({ total: 5, tickets: [{ id: 't34.5' }, {}] })
  })

  test('a ticket of before, whose title is one text, is shown by it in both languages and goes on', async () => {
    const about = { state: 'new', severity: 'low', clock: { event: OLD, detected: OLD }, changedAt: OLD }
    const counts = { version: 1, reopenings: 0, looks: 0, notes: [], links: [] }
    const body = JSON.stringify({ id: 'old', title: 'Mimikatz on web-1', ...about, ...counts })
    await house.store
      .db<ThreatTables>()
      .insertInto('threat_tickets')
      .values({ id: 'old', version: 1, state: 'new', changed_at: new Date(OLD), body })
      .execute()
    const title = { en: 'Mimikatz on web-1', zh: 'Mimikatz on web-1' }
    const at = { params: { id: 'old' } }
    expect(await house.call<TicketView>(AUDITOR, 'GET /tickets/:id', at)).toMatchObject({ title })
    const taken = await house.call<TicketView>(ANN, 'POST /tickets/:id/actions', {
      ...at,
      body: { kind: 'acknowledge' },
    })
    expect(taken).toMatchObject({ title, state: 'acknowledged' })
    expect(await house.call(AUDITOR, 'GET /tickets/:id', at)).toEqual(taken)
  })
})
