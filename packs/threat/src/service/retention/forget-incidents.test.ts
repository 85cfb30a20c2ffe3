import type { IncidentDetail, TicketView } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ThreatTables } from '../tables.ts'
import {
  ANN,
  AUDITOR,
  closeTicket,
  decisionOf,
  groupOf,
  incidentOf,
  openIncidents,
  type ThreatHouse,
  threatHouse,
} from '../threat-house.fixture.ts'
import { sealDecisions } from '../triage/seal-decisions.ts'
import { USUAL_RETENTION } from './retention.ts'
import { sweep } from './retention-sweep.ts'

const DAY_MS = 86_400_000

describe.each(testStores())('retention of incidents and tickets, $name', (stores) => {
  let house: ThreatHouse
  beforeEach(async () => {
    house = await threatHouse(stores)
  })
  afterEach(() => house.close())

  const at = (kind: 'incident' | 'ticket', number: number) => ({ params: { id: `${kind}_test_${number}` } })
  const incident = (number: number) => house.call<IncidentDetail>(AUDITOR, 'GET /incidents/:id', at('incident', number))
  const ticket = (number: number) => house.call<TicketView>(AUDITOR, 'GET /tickets/:id', at('ticket', number))
  const close = (number: number) =>
    house.call<IncidentDetail>(ANN, 'POST /incidents/:id/close', {
      ...at('incident', number),
      body: { verdict: 'benign', reason: 'a planned scan' },
    })
  const open = async (...numbers: readonly number[]) => {
    await house.step([], openIncidents(...numbers))
    await sealDecisions(house, 'test')
  }
  const letGo = async () => {
    let all = 0
    for await (const gone of sweep({ ...house, retention: USUAL_RETENTION })) all += gone
    return all
  }
  const laterBy = (days: number) => house.clock.advance(days * DAY_MS)
  const rows = (table: keyof ThreatTables) => house.store.db<ThreatTables>().selectFrom(table).selectAll().execute()

  test('one that a person closed goes with its groups and its ticket; an open one stays whole', async () => {
    await open(0, 1)
    laterBy(91)
    expect(await letGo()).toBe(0)
    const { record } = await close(0)
    const { record: closed } = await ticket(0)
    laterBy(89)
    expect(await letGo()).toBe(0)
    laterBy(2)
    expect(await letGo()).toBe(2)
    await expect(incident(0)).rejects.toMatchObject({ code: 'threat.gone', details: { record } })
    await expect(ticket(0)).rejects.toMatchObject({ code: 'threat.gone', details: { record: closed } })
    const params = { id: 'group_test_0' }
    await expect(house.call(AUDITOR, 'GET /triage/groups/:id', { params })).rejects.toMatchObject({
      code: 'threat.gone',
    })
    expect((await incident(1)).timeline).toHaveLength(1)
    expect(await ticket(1)).toMatchObject({ state: 'new' })
  })

  test('those that it absorbed go with it, and say where the record is', async () => {
    await open(0, 1)
    const whole = incidentOf(0, [groupOf(0), groupOf(1)])
    await house.step([], [{ ...whole, absorbed: [1] }])
    const { record } = await close(0)
    laterBy(91)
    expect(await letGo()).toBe(3)
    await expect(incident(1)).rejects.toMatchObject({ code: 'threat.gone', details: { record } })
    expect(await rows('threat_incidents')).toEqual([])
    expect(await rows('threat_tickets')).toEqual([])
  })

  test('one that ended by itself stays until its ticket is closed and its groups are judged', async () => {
    await open(0)
    const over = incidentOf(0, [groupOf(0)])
    await house.step([], [{ ...over, added: [], incident: { ...over.incident, state: 'closed' } }])
    laterBy(91)
    expect(await letGo()).toBe(0)
    await closeTicket(house, ANN, 'ticket_test_0')
    laterBy(91)
    expect(await letGo()).toBe(0)
    const body = { kind: 'benign' }
    await house.call(ANN, 'POST /triage/groups/:id/disposition', { params: { id: 'group_test_0' }, body })
    laterBy(91)
    expect(await letGo()).toBe(2)
  })

  test('one that never opened goes when its groups are judged and over, and says that it has no record', async () => {
    const weak = incidentOf(0, [groupOf(0)])
    const candidate = { ...weak, incident: { ...weak.incident, state: 'candidate' as const } }
    await house.step([], [decisionOf(groupOf(0), 'escalate', -1), candidate])
    await sealDecisions(house, 'test')
    laterBy(91)
    expect(await letGo()).toBe(0)
    const body = { kind: 'unclear' }
    await house.call(ANN, 'POST /triage/groups/:id/disposition', { params: { id: 'group_test_0' }, body })
    laterBy(91)
    expect(await letGo()).toBe(2)
    await expect(incident(0)).rejects.toMatchObject({ code: 'threat.gone_candidate' })
  })

  test('a ticket of its own goes when it has been closed for its days', async () => {
    const { id } = await house.call<TicketView>(ANN, 'POST /tickets', { body: { title: 'look', severity: 'low' } })
    await closeTicket(house, ANN, id)
    laterBy(89)
    expect(await letGo()).toBe(0)
    laterBy(2)
    expect(await letGo()).toBe(1)
    await expect(house.call(AUDITOR, 'GET /tickets/:id', { params: { id } })).rejects.toMatchObject({
      code: 'threat.gone',
    })
  })

  test('messages that were delivered go, others stay', async () => {
    const due_at = house.clock.now()
    const row = (id: string, state: string) => ({
      id,
      version: 1,
      endpoint: 'e',
      state,
      due_at,
      ended_at: due_at,
      body: '{}',
    })
    const all = [row('a', 'delivered'), row('b', 'dead'), row('c', 'pending')]
    await house.store.db<ThreatTables>().insertInto('threat_outbox').values(all).execute()
    laterBy(91)
    expect(await letGo()).toBe(1)
    expect((await rows('threat_outbox')).map((each) => (each as { id: string }).id).sort()).toEqual(['b', 'c'])
  })
})
