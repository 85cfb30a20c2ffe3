import type { FilterDraft, RulePage } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ThreatTables } from '../tables.ts'
import { ANN, AUDITOR, alertOf, decisionOf, groupOf, type ThreatHouse, threatHouse } from '../threat-house.fixture.ts'

describe.each(testStores())('verdicts on $name', (stores) => {
  let house: ThreatHouse
  let rule: RulePage['rules'][number]
  const rules = async (query: object) => (await house.call<RulePage>(AUDITOR, 'GET /rules', { query })).rules
  const draft = () => house.call<FilterDraft>(AUDITOR, 'GET /rules/:id/filter', { params: { id: rule.id } })
  const judge = (group: number, kind: string) =>
    house.call(ANN, 'POST /triage/groups/:id/disposition', {
      params: { id: `group_test_${group}` },
      body: { kind, reason: 'looked at' },
    })

  beforeAll(async () => {
    house = await threatHouse(stores)
    rule = (await rules({ order: 'title' })).at(-1)!
    const { title } = rule
    const alert = (minute: number, host: string, found: string) =>
      alertOf(minute, { host, title, rule: { ...rule }, matched: [{ field: 'User', wanted: '*', found: [found] }] })
    const groups = ['web-1', 'web-2', 'db-1'].map((host, i) => groupOf(i, { signature: title, host }))
    await house.step(
      [alert(0, 'web-1', 'svc-a'), alert(1, 'web-2', 'svc-b'), alert(2, 'db-1', 'eve')],
      groups.map((group) => decisionOf(group, 'escalate')),
    )
  })
  afterAll(() => house.close())

  test('the list counts them by rule, and puts what people judge benign first', async () => {
    expect((await rules({ order: 'noise' }))[0]?.id).not.toBe(rule.id)
    await judge(0, 'benign')
    await judge(1, 'benign')
    await judge(2, 'confirm')
    const [first, second] = await rules({ order: 'noise' })
    expect([first?.id, first?.verdicts]).toEqual([rule.id, { attack: 1, benign: 2, unclear: 0 }])
    expect(second?.verdicts).toEqual({ attack: 0, benign: 0, unclear: 0 })
  })

  test('a filter is drafted from them, and no more where an attack has the same values', async () => {
    const { yaml, benign, attacks } = await draft()
    expect([benign, attacks]).toEqual([2, 1])
    expect(yaml).toContain('User:\n      - svc-a\n      - svc-b\n')
    await sql`update threat_alerts set found = replace(found, '"eve"', '"SVC-A"')`.execute(
      house.store.db<ThreatTables>(),
    )
    expect((await draft()).yaml).toBeUndefined()
  })
})
