import type { AuditPage, IncidentDetail, TicketView } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  ANN,
  AUDITOR,
  alertOf,
  BOB,
  closeTicket,
  decisionOf,
  groupOf,
  incidentOf,
  openIncidents,
  type ThreatHouse,
  threatHouse,
} from '../threat-house.fixture.ts'

describe.each(testStores())('the ticket of an incident that a person closes, $name', (stores) => {
  let house: ThreatHouse
  const incident = (number: number) => ({ params: { id: `incident_test_${number}` } })
  const at = (number: number) => ({ params: { id: `ticket_test_${number}` } })
  const ticket = (number: number) => house.call<TicketView>(AUDITOR, 'GET /tickets/:id', at(number))
  const close = (number: number) =>
    house.call<IncidentDetail>(ANN, 'POST /incidents/:id/close', {
      ...incident(number),
      body: { verdict: 'benign', reason: 'a planned scan' },
    })
  const reopen = (number: number) =>
    house.call<IncidentDetail>(BOB, 'POST /incidents/:id/reopen', { ...incident(number), body: { reason: 'no scan' } })

  beforeAll(async () => {
    house = await threatHouse(stores)
    await house.step(
      [0, 1, 2, 3].map((each) => alertOf(each)),
      openIncidents(0, 1, 2, 3),
    )
  })
  afterAll(() => house.close())

  test('is closed with it: clock, person and record', async () => {
    house.clock.advance(60_000)
    const closed = await close(0)
    const now = '2026-11-22T08:01:00.000Z'
    expect(closed.tickets).toMatchObject([{ state: 'closed', assignee: 'ann' }])
    const seen = await ticket(0)
    expect(seen.title).toEqual(closed.title)
    expect(seen.title.zh).toMatch(/上的/)
    expect(seen).toMatchObject({ state: 'closed', version: 2, resolution: 'benign: a planned scan' })
    expect(seen.clock).toMatchObject({ acknowledged: now, resolved: now, closed: now })
    const record = await house.ledger.find(seen.record as string)
    expect(record?.kind).toBe('ticket-closed')
    const { acts } = await house.call<AuditPage>(AUDITOR, 'GET /audit')
    expect(acts.map(({ action, actor }) => `${actor} ${action}`).sort()).toEqual([
      'ann incident.close',
      'ann ticket.close',
    ])
  })

  test('two who close an incident at the same time: one does, the other is told, and there is one record', async () => {
    await house.step([alertOf(4)], [decisionOf(groupOf(4), 'escalate', 3), incidentOf(4, [groupOf(4)])])
    const attack = { ...incident(4), body: { verdict: 'attack', reason: 'no scan' } }
    const closed = await Promise.allSettled([close(4), house.call(BOB, 'POST /incidents/:id/close', attack)])
    expect(closed.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(closed.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'threat.incident_closed' },
    })
    const { acts } = await house.call<AuditPage>(AUDITOR, 'GET /audit')
    expect(
      acts.filter(({ action, target }) => action === 'incident.close' && target === 'incident_test_4'),
    ).toHaveLength(1)
  })

  test('is opened again with it, and closed a second time with a record of its own', async () => {
    const first = (await ticket(0)).record
    const open = await reopen(0)
    expect(open).toMatchObject({ state: 'open', tickets: [{ state: 'reopened' }] })
    expect(open).not.toHaveProperty('record')
    expect(open).not.toHaveProperty('verdict')
    const seen = await ticket(0)
    expect(seen).toMatchObject({ state: 'reopened', reopenings: 1, notes: [{ author: 'bob', text: 'no scan' }] })
    expect(seen.clock).not.toHaveProperty('closed')
    await expect(reopen(0)).rejects.toMatchObject({ code: 'threat.incident_open' })
    house.clock.advance(60_000)
    await close(0)
    const again = await ticket(0)
    expect(again).toMatchObject({ state: 'closed', reopenings: 1 })
    expect(again.record).not.toBe(first)
  })

  test('and those of incidents that it absorbed are closed and opened again with it, but for one that a person closed before', async () => {
    const whole = incidentOf(2, [groupOf(2), groupOf(3)])
    await house.step([], [{ ...whole, absorbed: [3] }])
    const closed = await close(2)
    expect(closed.tickets.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'ticket_test_2 closed',
      'ticket_test_3 closed',
    ])
    expect(await ticket(3)).toMatchObject({ resolution: 'benign: a planned scan' })
    expect((await house.ledger.find((await ticket(3)).record as string))?.kind).toBe('ticket-closed')
    expect((await reopen(2)).tickets.map(({ state }) => state)).toEqual(['reopened', 'reopened'])
    house.clock.advance(60_000)
    await closeTicket(house, BOB, 'ticket_test_3', 'twice')
    house.clock.advance(60_000)
    await close(2)
    expect((await reopen(2)).tickets.map(({ state }) => state)).toEqual(['reopened', 'closed'])
  })

  test('of a host whose name holds half a surrogate pair is closed with it', async () => {
    const group = groupOf(5, { host: 'web-\uD800', accounts: [], addresses: [] })
    await house.step([], [decisionOf(group, 'escalate', 3), incidentOf(5, [group])])
    expect((await close(5)).tickets).toMatchObject([{ id: 'ticket_test_5', state: 'closed' }])
  })

  test('that was closed before stays as it is', async () => {
    await closeTicket(house, BOB, 'ticket_test_1')
    const before = await ticket(1)
    await close(1)
    expect(await ticket(1)).toEqual(before)
  })
})
