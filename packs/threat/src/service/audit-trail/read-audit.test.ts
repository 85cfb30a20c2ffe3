import { AUDIT_COUNTED, type AuditPage, type TicketView } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startRun } from '../actuator/actuator.fixture.ts'
import {
  ANN,
  AUDITOR,
  DEVELOPER,
  decisionOf,
  groupOf,
  incidentOf,
  OPERATOR,
  type ThreatHouse,
  threatHouse,
} from '../threat-house.fixture.ts'

/** As many acts of one person as are asked for, one a second, all in the past. */
const addActs = (house: ThreatHouse, actor: string, count: number) =>
  sql`insert into threat_audit (at, actor, action, target, detail)
    select timestamptz '2020-01-01' + i * interval '1 second', ${actor}::text, 'delivery.revive', 'msg_' || i, ''
    from generate_series(1, ${count}::int) i`.execute(house.store.db())

describe.each(testStores())('the audit trail, $name', (stores) => {
  let house: ThreatHouse
  beforeAll(async () => {
    house = await threatHouse(stores)
    const groups = [groupOf(0), groupOf(1)]
    await house.step([], [...groups.map((group) => decisionOf(group, 'escalate')), incidentOf(0, [groupOf(1)])])
    const params = { id: 'group_test_0' }
    await house.call(ANN, 'POST /triage/groups/:id/disposition', { params, body: { kind: 'benign', reason: 'a scan' } })
    const incident = { params: { id: 'incident_test_0' }, body: { verdict: 'attack', reason: 'a shell' } }
    await house.call(OPERATOR, 'POST /incidents/:id/close', incident)
    await house.call(OPERATOR, 'POST /actuators/:action', {
      params: { action: 'isolate-host' },
      body: { kind: 'simulator' },
    })
    await startRun(house, 'collect-evidence', { __host__: 'web-1' })
  })
  afterAll(() => house.close())

  const trail = (query: object = {}) => house.call<AuditPage>(AUDITOR, 'GET /audit', { query })

  test('newest first, with what is on record behind each act', async () => {
    const { acts } = await trail()
    const of = (action: string) => acts.find((act) => act.action === action)
    expect(of('group.benign')).toMatchObject({ actor: 'ann', kind: 'group', target: 'group_test_0', detail: 'a scan' })
    expect(of('incident.close')).toMatchObject({ evidence: { of: 'act', count: 1 } })
    expect(of('run.start')?.evidence?.records).toHaveLength(of('run.start')?.evidence?.count ?? -1)
    expect(of('actuator.choose')).toMatchObject({ kind: 'actuator', target: 'isolate-host', detail: 'simulator' })
    expect(of('actuator.choose')).not.toHaveProperty('evidence')
    const [record = ''] = of('incident.close')?.evidence?.records ?? []
    expect(await house.ledger.find(record)).toMatchObject({ kind: 'incident-closed' })
  })

  test('filters by kind, person and time; pages go on where the last one ended', async () => {
    const { acts, total } = await trail()
    expect(total).toBe(acts.length)
    expect((await trail({ kind: 'group' })).acts.map(({ action }) => action)).toEqual(['group.benign'])
    const byAnn = await trail({ actor: 'ann' })
    expect(new Set(byAnn.acts.map(({ actor }) => actor))).toEqual(new Set(['ann']))
    const now = house.clock.now()
    expect((await trail({ to: now.toISOString() })).total).toBe(0)
    expect((await trail({ from: now.toISOString() })).total).toBe(total)
    const first = await trail({ limit: 2 })
    const rest = await trail({ before: first.next })
    expect([...first.acts, ...rest.acts].map(({ seq }) => seq)).toEqual(acts.map(({ seq }) => seq))
    expect([rest.next, first.total]).toEqual([undefined, total])
  })

  test('only who may look, and a ticket shows its record once it is closed', async () => {
    await expect(house.call(DEVELOPER, 'GET /audit')).rejects.toThrow('does not allow')
    const { id } = await house.call<TicketView>(ANN, 'POST /tickets', { body: { title: 'x', severity: 'high' } })
    const act = (body: object) => house.call(ANN, 'POST /tickets/:id/actions', { params: { id }, body })
    await act({ kind: 'acknowledge' })
    const recorded = async () => (await trail({ kind: 'ticket' })).acts.filter(({ target }) => target === id)
    expect((await recorded()).every(({ evidence }) => evidence === undefined)).toBe(true)
    await act({ kind: 'resolve', resolution: 'done' })
    await act({ kind: 'close' })
    const closed = (await recorded()).filter(({ evidence }) => evidence !== undefined).map(({ action }) => action)
    expect(closed).toEqual(['ticket.close', 'ticket.resolve', 'ticket.acknowledge'])
  })

  test('a long trail is counted to a bound, and a page of it is found by an index', async () => {
    await addActs(house, 'busy', AUDIT_COUNTED + 1)
    await addActs(house, 'exact', AUDIT_COUNTED)
    expect(await trail({ actor: 'busy' })).toMatchObject({ total: AUDIT_COUNTED, isMore: true })
    expect(await trail({ actor: 'exact' })).toMatchObject({ total: AUDIT_COUNTED, isMore: false })
    expect((await trail({ kind: 'webhook', limit: 1 })).acts).toMatchObject([{ kind: 'webhook', target: 'msg_10001' }])
    const plan = await sql<{ 'QUERY PLAN': string }>`explain select * from threat_audit
      where actor = 'nobody' order by at desc, seq desc limit 101`.execute(house.store.db())
    expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('threat_audit_actor')
  })
})
