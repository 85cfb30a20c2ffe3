import type { RawReply } from '@dengta/kernel'
import type { AlertDetail, AlertPage } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  AUDITOR,
  alertOf,
  decisionOf,
  groupOf,
  incidentOf,
  type ThreatHouse,
  threatHouse,
} from '../threat-house.fixture.ts'

const MINUTE = 60_000

describe.each(testStores())('alerts as pages see them, $name', (stores) => {
  let house: ThreatHouse
  const first = groupOf(0).first
  const group = groupOf(0, { last: first + 2 * MINUTE, alerts: 3 })

  beforeAll(async () => {
    house = await threatHouse(stores)
    const alerts = [0, 1, 2, 4, 9].map((minute) => alertOf(minute))
    await house.step(alerts, [decisionOf(group, 'escalate'), incidentOf(0, [group])])
  })
  afterAll(() => house.close())

  const at = (minute: number) => ({ params: { id: `alert-Sample rule-web-1-${minute}` } })
  const groupAt = async (minute: number) =>
    (await house.call<AlertDetail>(AUDITOR, 'GET /alerts/:id', at(minute))).group
  const ofGroup = async () => {
    const { alerts } = await house.call<AlertPage>(AUDITOR, 'GET /alerts', { query: { group: 'group_test_0' } })
    return alerts.map(({ line }) => line - 1).reverse()
  }

  test('an alert names its group, and a group its alerts; both go on where the group did after its decision', async () => {
    expect([await groupAt(2), await groupAt(4), await ofGroup()]).toEqual(['group_test_0', undefined, [0, 1, 2]])
    const grown = { ...group, last: first + 4 * MINUTE, alerts: 4 }
    const news = incidentOf(0, [grown])
    await house.step([], [{ ...news, added: [], grown: [grown] }])
    expect([await groupAt(4), await groupAt(9), await ofGroup()]).toEqual(['group_test_0', undefined, [0, 1, 2, 4]])
  })

  test('a full last page has no next one', async () => {
    const page = (query: object) => house.call<AlertPage>(AUDITOR, 'GET /alerts', { query })
    expect((await page({ limit: 5 })).next).toBeUndefined()
    const { next, alerts } = await page({ limit: 4 })
    expect(alerts).toHaveLength(4)
    expect((await page({ limit: 4, before: next })).alerts).toHaveLength(1)
  })

  test('a finding that is exported twice is the same finding', async () => {
    const exported = async (place: string, id: string) =>
      (await house.call<RawReply>(AUDITOR, `GET ${place}`, { params: { id } })).body
    const both = async () => [
      await exported('/alerts/:id/ocsf', at(0).params.id),
      await exported('/incidents/:id/ocsf', 'incident_test_0'),
    ]
    const before = await both()
    house.clock.advance(MINUTE)
    expect(await both()).toEqual(before)
  })
})
