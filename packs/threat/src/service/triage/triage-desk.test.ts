import type { AuditPage, GroupDetail, GroupPage, QueuePage } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fillGroups } from '../retention/many-groups.fixture.ts'
import { ANN, AUDITOR, BOB, decisionOf, groupOf, type ThreatHouse, threatHouse } from '../threat-house.fixture.ts'

const [stores] = testStores()

test('a group of events whose times no calendar has is shown, at the end of time', async () => {
  const house = await threatHouse(stores!)
  const first = 9e15
  await house.step([], [decisionOf(groupOf(0, { first, last: first }), 'escalate')])
  const { groups } = await house.call<GroupPage>(AUDITOR, 'GET /triage/groups')
  expect(groups).toMatchObject([{ id: 'group_test_0', first: '9999-01-01T00:00:00.000Z' }])
  const id = { params: { id: 'group_test_0' } }
  const { decision } = await house.call<GroupDetail>(AUDITOR, 'GET /triage/groups/:id', id)
  expect(decision.at).toBe('9999-01-01T00:00:00.000Z')
  await house.close()
})

test('what a person judged today is counted from when that day began where they are', async () => {
  const house = await threatHouse(stores!)
  await house.step([], [decisionOf(groupOf(0), 'hand_over')])
  const judging = { params: { id: 'group_test_0' }, body: { kind: 'benign' } }
  await house.call(ANN, 'POST /triage/groups/:id/disposition', judging)
  house.clock.advance(10 * 3_600_000)
  const judged = async (query: object) => (await house.call<QueuePage>(ANN, 'GET /triage/queue', { query })).judgedToday
  expect(await judged({})).toBe(1)
  expect(await judged({ today: '2026-11-23T00:00:00+08:00' })).toBe(0)
  expect(await judged({ today: '2026-11-22T00:00:00-05:00' })).toBe(1)
  await house.close()
})

test('of two orders that keep the same out of the queue, the longer counts, and one taken back leaves the other', async () => {
  const house = await threatHouse(stores!)
  const decide = (...numbers: number[]) =>
    house.step(
      [],
      numbers.map((number) => decisionOf(groupOf(number), 'hand_over')),
    )
  const at = (number: number) => ({ params: { id: `group_test_${number}` } })
  const suppress = (number: number, until: string) =>
    house.call(ANN, 'POST /triage/groups/:id/disposition', {
      ...at(number),
      body: { kind: 'suppress', reason: 'a scanner', until },
    })
  const waiting = async () => (await house.call<QueuePage>(AUDITOR, 'GET /triage/queue')).groups.map(({ id }) => id)
  await decide(0, 1)
  await suppress(0, '2026-12-22T00:00:00Z')
  await suppress(1, '2026-11-22T09:00:00Z')
  house.clock.advance(86_400_000)
  await decide(1500, 1501)
  expect(await waiting()).toEqual([])
  await house.call(ANN, 'POST /triage/groups/:id/undo', at(1))
  expect(await waiting()).toEqual([])
  await house.call(ANN, 'POST /triage/groups/:id/undo', at(0))
  expect(await waiting()).toEqual(['group_test_0', 'group_test_1', 'group_test_1500', 'group_test_1501'])
  await house.close()
})

test.each(testStores())(
  'of two who take a verdict back at once one is told that there is none, $name',
  async (stores) => {
    const house = await threatHouse(stores)
    await house.step([], [decisionOf(groupOf(0), 'hand_over')])
    const at = { params: { id: 'group_test_0' } }
    await house.call(ANN, 'POST /triage/groups/:id/disposition', { ...at, body: { kind: 'benign' } })
    const both = [ANN, BOB].map((person) => house.call(person, 'POST /triage/groups/:id/undo', at))
    const refused = (await Promise.allSettled(both)).filter(({ status }) => status === 'rejected')
    expect(refused).toMatchObject([{ reason: { code: 'threat.nothing_to_undo' } }])
    const { acts } = await house.call<AuditPage>(AUDITOR, 'GET /audit')
    expect(acts.map(({ action }) => action)).toEqual(['group.undo', 'group.benign'])
    await house.close()
  },
)

describe.each(testStores())('pages of many groups, $name', (stores) => {
  let house: ThreatHouse
  beforeAll(async () => {
    house = await threatHouse(stores)
    await fillGroups(house.store, 15_000)
    const shown = [20_000, 20_001, 20_002].map((number) => decisionOf(groupOf(number), 'escalate', 9))
    await house.step([], shown)
    await sql`vacuum analyze threat_groups`.execute(house.store.db())
  })
  afterAll(() => house.close())

  const list = (query: object) => house.call<GroupPage>(AUDITOR, 'GET /triage/groups', { query })
  const queue = (query: object) => house.call<QueuePage>(AUDITOR, 'GET /triage/queue', { query })
  const shownIds = ['group_test_20000', 'group_test_20001', 'group_test_20002']

  test('all are counted up to a limit, the waiting ones to the end, whatever is asked of them', async () => {
    expect(await list({ limit: 1 })).toMatchObject({ groups: [{ id: shownIds[2] }], total: 10_000, isMore: true })
    const few = await list({ action: 'escalate' })
    expect(few).toMatchObject({ total: 3, isMore: false })
    expect(few.groups.map(({ id }) => id)).toEqual(shownIds.toReversed())
    const { groups, total } = await queue({ limit: 3 })
    expect([groups.map(({ id }) => id), total]).toEqual([shownIds, 1503])
    expect((await queue({ action: 'escalate', order: 'oldest', offset: 1 })).groups.map(({ id }) => id)).toEqual(
      shownIds.slice(1),
    )
  })

  test('which ones stand on a page is read from an index, not from the groups themselves', async () => {
    const planOf = async (rest: string) => {
      const { rows } = await sql
        .raw<{ 'QUERY PLAN': string }>(`explain select seq from threat_groups where ${rest} limit 50`)
        .execute(house.store.db())
      return rows.map((row) => row['QUERY PLAN']).join('\n')
    }
    const waiting = "verdict is null and suppressed is null and action in ('escalate', 'hand_over')"
    for (const rest of [
      `${waiting} order by score desc, seq`,
      `${waiting} and level = 'high' order by first_at desc, seq`,
      "action = 'escalate' order by seq desc, seq",
    ])
      expect(await planOf(rest)).toContain('Index Only Scan')
    expect(await planOf(`${waiting} order by score desc, seq`)).not.toContain('Sort')
  })
})
