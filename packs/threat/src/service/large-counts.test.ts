import type { IncidentPage, RulePage } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ThreatTables } from './tables.ts'
import { AUDITOR, decisionOf, groupOf, incidentOf, type ThreatHouse, threatHouse } from './threat-house.fixture.ts'

/** Beyond 32 bits: a rule that fires 100 times a second comes there within a year. */
const MANY = 3_000_000_000

let house: ThreatHouse
beforeAll(async () => {
  const [stores] = testStores()
  house = await threatHouse(stores!)
})
afterAll(() => house.close())

test('an incident of more alerts than its column holds does not stop the flow', async () => {
  const group = groupOf(0, { alerts: MANY })
  await house.step([], [decisionOf(group, 'escalate', 3), incidentOf(0, [group])])
  const { incidents } = await house.call<IncidentPage>(AUDITOR, 'GET /incidents')
  expect(incidents).toMatchObject([{ id: 'incident_test_0', alerts: 2 ** 31 - 1 }])
})

test('hits of many days are added up beyond 32 bits', async () => {
  const [rule] = (await house.call<RulePage>(AUDITOR, 'GET /rules')).rules
  const db = house.store.db<ThreatTables>()
  for (const day of ['2026-01-01', '2026-01-02']) {
    const hits = { rule: rule!.id, day, alerts: MANY / 2, last_at: new Date(`${day}T00:00:00Z`) }
    await db.insertInto('threat_hits').values(hits).execute()
  }
  const { rules } = await house.call<RulePage>(AUDITOR, 'GET /rules')
  expect(rules[0]).toMatchObject({ id: rule!.id, hits: MANY })
})
