import type { RiskView } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verdictsOf } from '../model/learn-desk.ts'
import { untaught } from '../model/model-service.ts'
import { fillGroups } from '../retention/many-groups.fixture.ts'
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
import { riskDesk } from './risk-desk.ts'

describe.each(testStores())('the risk page, $name', (stores) => {
  let house: ThreatHouse
  beforeAll(async () => {
    house = await threatHouse(stores)
  })
  afterAll(() => house.close())
  const risk = (query: object = {}) => house.call<RiskView>(AUDITOR, 'GET /triage/risk', { query })
  const judge = (number: number, body: object) =>
    house.call(ANN, 'POST /triage/groups/:id/disposition', { params: { id: `group_test_${number}` }, body })

  test('attack steps are told apart by what a person filed them under, as they are learnt from', async () => {
    await house.step(
      [],
      [0, 1, 2, 3].map((number) => decisionOf(groupOf(number), 'escalate')),
    )
    await judge(0, { kind: 'confirm', file: 'scan' })
    await judge(1, { kind: 'confirm', file: 'scan' })
    await judge(2, { kind: 'confirm', file: 'shell' })
    await judge(3, { kind: 'benign' })
    const { missed, falseAlarms, days, networks } = await risk()
    expect([missed.count, missed.of, falseAlarms.groups.count, falseAlarms.groups.of]).toEqual([0, 2, 1, 1])
    expect(days).toEqual([{ day: '2026-11-22', groups: 4, automatic: 0, escalated: 4, handedOver: 0, falseAlarms: 1 }])
    expect(networks).toEqual(['net'])
  })

  test('an incident that is closed as an attack is one step, however many groups it has', async () => {
    const groups = [groupOf(20), groupOf(21), groupOf(22)] as const
    await house.step([], [...groups.map((group) => decisionOf(group, 'escalate')), incidentOf(20, groups)])
    const body = { verdict: 'attack', reason: 'seen' }
    await house.call(ANN, 'POST /incidents/:id/close', { params: { id: 'incident_test_20' }, body })
    expect((await risk()).missed).toMatchObject({ count: 0, of: 3 })
    const verdicts = await verdictsOf(house, 'test')
    expect([0, 3, 20, 21, 22].map((number) => verdicts.get(number)?.file)).toEqual([
      ...['scan', undefined, 'incident_test_20', 'incident_test_20', 'incident_test_20'],
    ])
  })

  test('what is proven by verdicts of people is said to be of the groups that they were shown', async () => {
    const { version, knowledge } = untaught()
    const rate = { successes: 0, trials: 40, upper: 0.1 }
    const guard = { proven: true, threshold: 0, falseAlarms: rate, missed: rate, sites: 2, largestShare: 1 } as const
    const reasonsOf = async (fromPeople: boolean) => {
      const sites = [{ name: 'net', cases: 9000, judged: 70, attacks: 7 }]
      const model = { version: { ...version, sites, fromPeople }, knowledge: { ...knowledge, guard } }
      const models = { find: async () => model, live: async () => model, keep: async () => model }
      return (await riskDesk({ store: house.store, models }).risk({ network: 'net' })).guard.reasons.map(({ en }) => en)
    }
    expect(await reasonsOf(false)).toEqual([])
    expect(await reasonsOf(true)).toEqual([
      expect.stringContaining('groups that people judged, 70 of 9,000 learnt from'),
    ])
  })

  test('of a log that was replayed twice the last replay is counted, not both as one', async () => {
    const at = house.clock.now()
    const rows = ['replay_1', 'replay_2'].flatMap((flow, replay) =>
      Array.from({ length: 40 }, (_, number) => ({
        ...{ id: `group_${flow}_${number}`, flow, network: 'fox', number: String(number), signature: 's', host: 'h' },
        ...{ level: 'high', first_at: at, last_at: at, alerts: 2, action: replay === 0 ? 'hand_over' : 'close' },
        ...{ score: 0, model: 'm', body: '{}', truth: 'benign', label_source: 'published' },
      })),
    )
    await house.store.db<ThreatTables>().insertInto('threat_groups').values(rows).execute()
    const { automation, falseAlarms, networks } = await risk({ network: 'fox' })
    expect(automation).toMatchObject({ groups: { count: 40, of: 40 }, alerts: { of: 80 } })
    expect(falseAlarms.groups).toMatchObject({ count: 0, of: 40 })
    expect(networks).toEqual(['fox', 'net'])
    expect(await risk({ network: 'none' })).toMatchObject({ networks: ['none', 'fox', 'net'], days: [] })
  })

  test('its figures are read from an index, not from the groups themselves', async () => {
    await fillGroups(house.store, 5000)
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain select action, coalesce(verdict, truth), count(*),
      sum(alerts) from threat_groups where network = 'live' and flow = 'live' group by 1, 2`.execute(house.store.db())
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('Index Only Scan using threat_groups_counted')
    expect((await risk({ network: 'live' })).automation.groups.of).toBe(5000)
  })
})
