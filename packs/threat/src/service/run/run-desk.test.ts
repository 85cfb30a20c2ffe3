import type { IncidentDetail, RunDetail } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { playbookId } from '../actuator/actuator.fixture.ts'
import {
  ANN,
  AUDITOR,
  decisionOf,
  groupOf,
  incidentOf,
  type ThreatHouse,
  threatHouse,
} from '../threat-house.fixture.ts'

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
})
