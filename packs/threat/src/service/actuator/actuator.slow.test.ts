import type { ActuatorView, AuditPage, DryRunView, RunDetail } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { actOnWorld, simulatedWorld } from '../../respond/simulated-world.ts'
import type { ThreatTables } from '../tables.ts'
import { ANN, AUDITOR, groupOf, incidentOf, OPERATOR, type ThreatHouse, threatHouse } from '../threat-house.fixture.ts'
import {
  approve,
  playbookId,
  type RealServer,
  realServer,
  SECRET,
  startRun,
  undo,
  writeSecret,
} from './actuator.fixture.ts'

describe.each(testStores())('commands go where the owner says, $name', (stores) => {
  let house: ThreatHouse
  let edr: RealServer
  let consumer: RealServer
  let contained = false
  const world = simulatedWorld(['web-1'], ['eve'])

  beforeAll(async () => {
    house = await threatHouse(stores)
    writeSecret(house, 'edr', SECRET)
    edr = await realServer(({ method, path }) => {
      if (method === 'POST') contained = true
      if (method === 'DELETE') contained = false
      return { path, containment: contained ? 'isolated' : 'none' }
    })
    consumer = await realServer(({ body }) => actOnWorld(world, JSON.parse(body)))
  })
  beforeEach(() => {
    edr.seen.length = 0
    consumer.seen.length = 0
  })
  afterAll(async () => {
    edr.close()
    consumer.close()
    await house.close()
  })

  const choose = (action: string, body: object, by = OPERATOR) =>
    house.call<ActuatorView>(by, 'POST /actuators/:action', { params: { action }, body })
  const requests = {
    do: { method: 'POST', path: '/hosts/__host__:value/contain', body: '{"note":"for __host__:value"}' },
    check: { method: 'GET', path: '/hosts/__host__:value' },
    undo: { method: 'DELETE', path: '/hosts/__host__:value/contain' },
  }
  const overHttp = () => ({ kind: 'http', url: edr.url, secret: 'edr', reach: 'loopback', plaintext: true, requests })
  const overOpenC2 = () => ({ kind: 'openc2', url: `${consumer.url}/openc2`, reach: 'loopback', plaintext: true })
  const isolate = () => startRun(house, 'isolate-host', { __host__: 'web-1' })

  test('nobody has chosen: everything goes to the simulator, and says so', async () => {
    const { actuators } = await house.call<{ actuators: ActuatorView[] }>(AUDITOR, 'GET /actuators')
    expect(actuators.map(({ place, approval }) => [place, approval])).toEqual([
      ['simulator', 'lead'],
      ['simulator', 'two-people'],
      ['simulator', 'analyst'],
      ['simulator', 'none'],
    ])
    const run = await startRun(house, 'collect-evidence', { __host__: 'web-1' })
    expect(run).toMatchObject({ status: 'succeeded', simulated: true, places: [] })
  })

  test('who may not choose, and targets that could not be used, are refused before they are kept', async () => {
    await expect(choose('isolate-host', overHttp(), ANN)).rejects.toMatchObject({ code: 'threat.not_owner' })
    await expect(choose('isolate-host', overHttp(), AUDITOR)).rejects.toThrow('does not allow')
    const refused = async (change: object, code: string) =>
      expect(choose('isolate-host', { ...overHttp(), ...change })).rejects.toMatchObject({ code })
    await refused({ reach: undefined }, 'threat_respond.host_refused')
    await refused({ plaintext: undefined }, 'threat_respond.host_refused')
    await refused({ url: 'http://user:pass@127.0.0.1:1' }, 'threat_respond.host_refused')
    await refused({ url: `${edr.url}/base` }, 'threat_respond.bad_order')
    await refused({ url: `${edr.url}/?token=x` }, 'threat_respond.bad_order')
    await refused({ url: 'http://169.254.169.254', reach: 'private' }, 'threat_respond.host_refused')
    const check = { method: 'GET', path: '/__hots__:value' }
    await refused({ requests: { ...requests, check } }, 'threat_playbook.no_value')
    await refused({ requests: { ...requests, do: { ...requests.do, body: '{' } } }, 'threat_respond.bad_order')
    const { actuators } = await house.call<{ actuators: ActuatorView[] }>(AUDITOR, 'GET /actuators')
    expect(actuators[0]).toMatchObject({ place: 'simulator' })
  })

  test('over HTTP: the dry run shows what the server gets; checks and undoing go the same way', async () => {
    expect(await choose('isolate-host', overHttp())).toMatchObject({ place: edr.url, chosenBy: OPERATOR.participant })
    const inputs = { __host__: 'web-1' }
    const dry = await house.call<DryRunView>(ANN, 'POST /playbooks/:id/dry-run', {
      params: { id: playbookId('isolate-host') },
      body: { inputs },
    })
    expect(edr.seen).toEqual([])
    const asked = await isolate()
    expect(asked).toMatchObject({ asks: 'approval', demand: { level: 'lead' }, simulated: false, places: [edr.url] })
    expect(asked.work?.digest).toBe(dry.steps[0]?.digest)
    const run = await approve(house, asked)
    expect([run.status, contained]).toEqual(['succeeded', true])
    const [sent] = dry.steps[0]?.sends ?? []
    expect(sent).toMatchObject({ secret: 'edr', via: { action: 'isolate-host', verb: 'do' } })
    expect(edr.seen[0]).toEqual({
      ...{ method: 'POST', path: '/hosts/web-1/contain', authorization: `Bearer ${SECRET}` },
      body: (sent as { request: { body: string } }).request.body,
    })
    expect(edr.seen.slice(1).map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /hosts/web-1'])
    const undone = await undo(house, run)
    expect([undone.status, contained]).toEqual(['undone', false])
    const audit = await house.call<AuditPage>(AUDITOR, 'GET /audit')
    expect(audit.acts.find(({ action }) => action === 'actuator.choose')).toMatchObject({ detail: edr.url })
    expect(JSON.stringify([dry, asked, run, undone, audit, await everything(house)])).not.toContain(SECRET)
  })

  test('over OpenC2: the command of the playbook arrives as it is', async () => {
    await choose('block-address', overOpenC2())
    const run = await approve(house, await startRun(house, 'block-address', { __address__: '198.51.100.9' }))
    expect(run).toMatchObject({ status: 'succeeded', simulated: false, places: [consumer.url] })
    expect(JSON.parse(consumer.seen[0]?.body ?? '')).toEqual({ action: 'deny', target: { ipv4_net: '198.51.100.9' } })
    expect([...world.blocked.keys()]).toEqual(['198.51.100.9'])
    expect([(await undo(house, run)).status, world.blocked.size]).toEqual(['undone', 0])
  })

  test('a choice that changes: what was approved before is not sent, what was done is undone where it was done', async () => {
    await choose('isolate-host', overHttp())
    const done = await approve(house, await isolate())
    const waiting = await isolate()
    await choose('isolate-host', { kind: 'simulator' })
    edr.seen.length = 0
    const stopped = await approve(house, waiting)
    expect([stopped.status, stopped.failure?.en, edr.seen]).toEqual([
      'failed',
      expect.stringContaining('go elsewhere'),
      [],
    ])
    expect((await undo(house, done)).status).toBe('undone')
    expect(edr.seen.map(({ method }) => method)).toContain('DELETE')
    expect(await isolate()).toMatchObject({ simulated: true, places: [] })
  })

  test('a run that waits in the simulator stays there when a real target is chosen', async () => {
    await choose('isolate-host', { kind: 'simulator' })
    const waiting = await isolate()
    await choose('isolate-host', overHttp())
    const run = await approve(house, waiting)
    expect([run.status, run.simulated, (await undo(house, run)).status]).toEqual(['succeeded', true, 'undone'])
    expect(edr.seen).toEqual([])
  })

  test('a missing secret: nothing is sent', async () => {
    await choose('isolate-host', { ...overHttp(), secret: 'not-there' })
    const run = await approve(house, await isolate())
    expect([run.status, run.failure?.en, edr.seen]).toEqual([
      'failed',
      expect.stringContaining('no secret not-there'),
      [],
    ])
  })

  test('an incident of a replayed log is answered in the simulator, whatever is chosen', async () => {
    await choose('isolate-host', overHttp())
    await house.step([], [incidentOf(0, [groupOf(0)])])
    const db = house.store.db<ThreatTables>()
    await db.insertInto('threat_replays').values({ id: 'test', state: 'done', body: '{}' }).execute()
    const inputs = { __host__: 'web-1' }
    const about = { inputs, incident: 'incident_test_0' }
    const params = { id: playbookId('isolate-host') }
    const dry = await house.call<DryRunView>(ANN, 'POST /playbooks/:id/dry-run', { params, body: about })
    expect(dry.steps[0]?.sends[0]?.place).toBe('simulator:OpenC2 consumer')
    const body = { playbook: params.id, reason: 'x', ...about }
    const run = await approve(house, await house.call<RunDetail>(ANN, 'POST /runs', { body }))
    expect([run.status, run.simulated, edr.seen]).toEqual(['succeeded', true, []])
    expect((await undo(house, run)).status).toBe('undone')
    expect(edr.seen).toEqual([])
  })

  test('a playbook brought along cannot ask for less consent, nor send where it likes', async () => {
    await choose('isolate-host', overHttp())
    const file = await house.call<{ body: string }>(AUDITOR, 'GET /playbooks/:id/file', {
      params: { id: playbookId('isolate-host') },
    })
    const eager = file.body
      .replaceAll('"approval":"lead"', '"approval":"none"')
      .replaceAll('"approver_differs":true', '"approver_differs":false')
      .replaceAll(playbookId('isolate-host'), playbookId('isolate-host').replace(/.$/, 'f'))
    expect(eager).not.toContain('"approval":"lead"')
    const bytes = (text: string) =>
      (async function* () {
        yield new TextEncoder().encode(text)
      })()
    const { id } = await house.call<{ id: string }>(OPERATOR, 'POST /playbooks', { body: bytes(eager) })
    const body = { playbook: id, inputs: { __host__: 'web-1', __actuator__: '127.0.0.1' }, reason: 'x' }
    const run = await house.call<RunDetail>(ANN, 'POST /runs', { body })
    expect(run).toMatchObject({ asks: 'approval', demand: { level: 'lead', approverDiffers: true }, places: [edr.url] })
    expect(edr.seen).toEqual([])
  })
})

/** All that the database holds of runs and choices, as text. */
async function everything({ store }: ThreatHouse): Promise<unknown> {
  const tables = ['threat_runs', 'threat_run_journal', 'threat_actuators', 'threat_audit', 'threat_run_facts']
  return Promise.all(
    tables.map(async (table) => (await sql`select * from ${sql.table(table)}`.execute(store.db())).rows),
  )
}
