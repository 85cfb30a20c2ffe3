import type { IncidentDetail, RunDetail, TicketView } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { playbookId } from '../actuator/actuator.fixture.ts'
import { isOfReplay } from '../replay/is-of-replay.ts'
import type { ThreatTables } from '../tables.ts'
import {
  ANN,
  AUDITOR,
  decisionOf,
  groupOf,
  incidentOf,
  type ThreatHouse,
  threatHouse,
} from '../threat-house.fixture.ts'
import { recordFacts, recordsOf } from './record-facts.ts'

describe.each(testStores())('responses of the house, $name', (stores) => {
  let house: ThreatHouse
  beforeAll(async () => {
    house = await threatHouse(stores)
    await house.step([], [decisionOf(groupOf(0), 'escalate', 3), incidentOf(0, [groupOf(0)])])
  })
  afterAll(() => house.close())

  const start = (about: object) =>
    house.call<RunDetail>(ANN, 'POST /runs', {
      body: { playbook: playbookId('collect-evidence'), inputs: { __host__: 'web-1' }, reason: 'a shell', ...about },
    })

  test('a run says what it is for, and the incident shows it', async () => {
    const run = await start({ incident: 'incident_test_0', ticket: 'ticket_test_0' })
    expect(run).toMatchObject({ status: 'succeeded', incident: 'incident_test_0', ticket: 'ticket_test_0' })
    const params = { id: 'incident_test_0' }
    const { runs } = await house.call<IncidentDetail>(AUDITOR, 'GET /incidents/:id', { params })
    expect(runs.map(({ id }) => id)).toEqual([run.id])
  })

  test('one for an incident that is not there is refused: it could be one of a replayed log', async () => {
    await expect(start({ incident: 'incident_test_9' })).rejects.toMatchObject({ code: 'threat.missing' })
    expect((await start({ ticket: 'ticket_of_its_own' })).ticket).toBe('ticket_of_its_own')
  })

  test('its records stand in the order of its journal', async () => {
    const { records } = await start({})
    const facts = await Promise.all(records.map(async (id) => (await house.ledger.find(id))?.statement))
    const places = facts.map((each) => Number(/:(\d+)"/.exec(JSON.stringify(each))?.[1]))
    expect(places).toEqual(places.toSorted((one, other) => one - other))
  })

  test('two who put the same on record at once put it there once', async () => {
    const { id, records } = await start({})
    await house.store.db<ThreatTables>().deleteFrom('threat_run_facts').where('run', '=', id).execute()
    house.clock.advance(1000)
    await Promise.all([recordFacts(house, id), recordFacts(house, id)])
    expect(await recordsOf(house, id)).toHaveLength(records.length)
  })

  test.each([
    ['incident', 'incident_test_0'],
    ['group', 'group_test_0'],
  ])('one for a ticket about an %s of a replay is a rehearsal, whoever opened the ticket', async (kind, about) => {
    const body = { title: 'look again', severity: 'low', links: [{ kind, id: about }] }
    const { id } = await house.call<TicketView>(ANN, 'POST /tickets', { body })
    expect(await isOfReplay(house.store, { ticket: id })).toBe(false)
    const replays = house.store.db<ThreatTables>()
    await replays.insertInto('threat_replays').values({ id: 'test', state: 'done', body: '{}' }).execute()
    expect(await isOfReplay(house.store, { ticket: id })).toBe(true)
    expect(await isOfReplay(house.store, { ticket: 'ticket_test_0' })).toBe(true)
    await replays.deleteFrom('threat_replays').execute()
  })
})
