import type { AuditPage, GroupDetail, GroupPage, QueuePage } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { expect, test } from 'vitest'
import { ANN, AUDITOR, BOB, decisionOf, groupOf, threatHouse } from '../threat-house.fixture.ts'

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
