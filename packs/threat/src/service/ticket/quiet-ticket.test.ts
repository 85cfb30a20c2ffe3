import type { PlaybookList, RunList, TicketTimesView, TicketView } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ThreatTables } from '../tables.ts'
import {
  ANN,
  AUDITOR,
  alertOf,
  closeTicket,
  decisionOf,
  groupOf,
  incidentOf,
  openIncidents,
  type ThreatHouse,
  threatHouse,
} from '../threat-house.fixture.ts'
import type { TriageFinding } from '../triage/triage-finding.ts'

const ended = (number: number): TriageFinding => {
  const found = incidentOf(number, [groupOf(number)])
  return { ...found, incident: { ...found.incident, state: 'closed' } }
}

describe.each(testStores())('tickets of incidents that end by themselves, $name', (stores) => {
  let house: ThreatHouse
  const at = (number: number) => ({ params: { id: `ticket_test_${number}` } })
  const ticket = (number: number) => house.call<TicketView>(AUDITOR, 'GET /tickets/:id', at(number))

  beforeAll(async () => {
    house = await threatHouse(stores)
    await house.step([alertOf(0), alertOf(1)], openIncidents(0, 1))
  })
  afterAll(() => house.close())

  test('an open ticket says since when and waits for a person; a closed one stays as it is; said once', async () => {
    await closeTicket(house, ANN, 'ticket_test_1')
    await house.step([], [ended(0), ended(1)])
    const quiet = await ticket(0)
    expect(quiet).toMatchObject({ state: 'new', version: 2, quietSince: '2026-11-22T08:00:00.000Z' })
    expect(quiet.actions).toContain('acknowledge')
    expect(await ticket(1)).not.toHaveProperty('quietSince')
    house.clock.advance(60_000)
    await house.step([], [ended(0)])
    expect(await ticket(0)).toEqual(quiet)
  })

  test('an incident that opens and ends in one step has a ticket that says so', async () => {
    await house.step([alertOf(2)], [decisionOf(groupOf(2), 'escalate', 3), ended(2)])
    expect(await ticket(2)).toMatchObject({ state: 'new', quietSince: '2026-11-22T08:01:00.000Z' })
  })

  test('one that opened by a later finding was detected when that came, and is not taken for a replayed log', async () => {
    const HOUR = 3_600_000
    const [weak, strong] = [groupOf(10), groupOf(11, { first: groupOf(10).first + 5 * HOUR })]
    const late = { ...strong, last: strong.first }
    const whole = incidentOf(10, [weak, late])
    house.clock.advance(5 * HOUR)
    await house.step([], [decisionOf(weak, 'escalate'), decisionOf(late, 'escalate'), whole])
    const { clock } = await ticket(10)
    expect(clock).toMatchObject({ event: '2026-11-22T07:10:00.000Z', detected: '2026-11-22T12:10:00.000Z' })
    await house.store.db<ThreatTables>().deleteFrom('threat_tickets').where('id', '=', 'ticket_test_10').execute()
    house.clock.advance(-5 * HOUR)
  })

  test('the time to detect is the declared delay, and says so', async () => {
    const times = await house.call<TicketTimesView>(AUDITOR, 'GET /ticket-times')
    expect(times).toMatchObject({ triageDelayMinutes: 30, detect: { count: 3, mean: 30, median: 30 } })
  })

  test('a run without its input is refused with the name of the input, and none is kept', async () => {
    const { playbooks } = await house.call<PlaybookList>(ANN, 'GET /playbooks')
    const isolate = playbooks.find(({ name }) => name.en === 'Isolate host')
    const body = { playbook: isolate?.id, reason: 'shell' }
    await expect(house.call(ANN, 'POST /runs', { body })).rejects.toMatchObject({
      kind: 'invalid',
      code: 'threat_playbook.missing_input',
      details: { inputs: '__host__ (string)' },
    })
    expect((await house.call<RunList>(ANN, 'GET /runs')).runs).toEqual([])
  })
})
