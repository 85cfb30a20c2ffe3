import type { GroupDetail, GroupPage } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { expect, test } from 'vitest'
import { AUDITOR, decisionOf, groupOf, threatHouse } from '../threat-house.fixture.ts'

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
