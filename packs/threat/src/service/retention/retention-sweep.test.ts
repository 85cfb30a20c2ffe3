import type { AuditPage, GroupDetail, RiskView } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Action } from '../../triage/decision.ts'
import { verdictsOf } from '../model/learn-desk.ts'
import type { ThreatTables } from '../tables.ts'
import { ANN, AUDITOR, decisionOf, groupOf, type ThreatHouse, threatHouse } from '../threat-house.fixture.ts'
import { sealDecisions } from '../triage/seal-decisions.ts'
import { type Retention, USUAL_RETENTION } from './retention.ts'
import { sweep } from './retention-sweep.ts'

const DAY_MS = 86_400_000

describe.each(testStores())('retention, $name', (stores) => {
  let house: ThreatHouse
  beforeEach(async () => {
    house = await threatHouse(stores)
  })
  afterEach(() => house.close())

  const group = (number: number) =>
    house.call<GroupDetail>(AUDITOR, 'GET /triage/groups/:id', { params: { id: `group_test_${number}` } })
  const judge = (number: number, body: object) =>
    house.call(ANN, 'POST /triage/groups/:id/disposition', { params: { id: `group_test_${number}` }, body })
  const risk = () => house.call<RiskView>(AUDITOR, 'GET /triage/risk', { query: { network: 'net' } })
  const decide = (from: number, ...actions: Action[]) =>
    house.step(
      [],
      actions.map((action, at) => decisionOf(groupOf(from + at, { host: `web-${from + at}` }), action)),
    )
  const left = async () => {
    const rows = await house.store.db<ThreatTables>().selectFrom('threat_groups').select('number').execute()
    return rows.map(({ number }) => Number(number)).sort((one, other) => one - other)
  }
  const count = async (table: keyof ThreatTables) =>
    (await house.store.db<ThreatTables>().selectFrom(table).selectAll().execute()).length
  const letGo = async (retention: Partial<Retention> = {}) => {
    let all = 0
    for await (const gone of sweep({ ...house, retention: { ...USUAL_RETENTION, ...retention } })) all += gone
    return all
  }
  const laterBy = (days: number) => house.clock.advance(days * DAY_MS)

  test('groups that nobody waits for go when their days are over, counted from their sealing; the others stay', async () => {
    await decide(0, 'close', 'suppress', 'hand_over', 'escalate', 'close', 'hand_over')
    await judge(5, { kind: 'benign', reason: 'a planned scan' })
    laterBy(91)
    expect(await letGo()).toBe(0)
    const [record] = await sealDecisions(house, 'test')
    expect(await letGo()).toBe(0)
    laterBy(91)
    expect(await letGo()).toBe(4)
    expect(await left()).toEqual([2, 3])
    await expect(group(4)).rejects.toMatchObject({ code: 'threat.gone', details: { day: '2027-05-23', record } })
    await expect(group(4)).rejects.toThrow(`its record ${record} stays in the log`)
    await expect(judge(4, { kind: 'benign' })).rejects.toMatchObject({ code: 'threat.gone' })
    await expect(house.call(AUDITOR, 'GET /alerts', { query: { group: 'group_test_4' } })).rejects.toMatchObject({
      code: 'threat.gone',
    })
    await expect(group(6)).rejects.toMatchObject({ code: 'threat.missing' })
    expect(await count('threat_dispositions')).toBe(0)
    const { acts } = await house.call<AuditPage>(AUDITOR, 'GET /audit')
    expect(acts[0]).toMatchObject({ action: 'group.benign', evidence: { of: 'decision', records: [record] } })
  })

  test('a judgement counts as the later of its time and that of the sealing', async () => {
    await decide(0, 'hand_over')
    await sealDecisions(house, 'test')
    laterBy(80)
    await judge(0, { kind: 'unclear' })
    laterBy(80)
    expect(await letGo()).toBe(0)
    laterBy(11)
    expect(await letGo()).toBe(1)
  })

  test('an order that stands stays with its group, and goes on keeping others out of the queue', async () => {
    await decide(0, 'hand_over')
    await sealDecisions(house, 'test')
    await judge(0, { kind: 'suppress', reason: 'a known scanner', until: '2026-12-30T00:00:00Z' })
    laterBy(10)
    expect(await letGo({ days: 1 })).toBe(0)
    await house.step([], [decisionOf(groupOf(1, { host: 'web-0' }), 'hand_over')])
    expect(await group(1)).toMatchObject({ suppressedBy: { en: 'suppressed by ann' } })
    await sealDecisions(house, 'test')
    laterBy(31)
    expect(await letGo({ days: 1 })).toBe(2)
  })

  test('beyond the limit the oldest that nobody judged go first, then judged ones; what was just decided stays', async () => {
    await decide(0, 'hand_over', 'hand_over', 'close', 'close', 'hand_over', 'suppress', 'close')
    for (const number of [0, 1]) await judge(number, { kind: 'benign' })
    await sealDecisions(house, 'test')
    expect(await letGo({ groups: 1 })).toBe(0)
    house.clock.advance(3_600_001)
    expect(await letGo({ groups: 4 })).toBe(2)
    expect(await left()).toEqual([0, 1, 4, 5, 6])
    expect(await letGo({ groups: 1 })).toBe(3)
    expect(await left()).toEqual([1, 4])
  })

  test('figures of risk and rules, and what models learn from, are as they were', async () => {
    await decide(0, 'close', 'close', 'suppress', 'hand_over', 'escalate', 'hand_over', 'hand_over')
    await judge(3, { kind: 'benign' })
    await judge(4, { kind: 'confirm', file: 'step one' })
    await house.store
      .db<ThreatTables>()
      .updateTable('threat_groups')
      .set({ truth: 'attack', truth_file: 'step two', label_source: 'published' })
      .where('number', '=', '1')
      .execute()
    await sealDecisions(house, 'test')
    const [before, verdicts] = [await risk(), await verdictsOf(house, 'test')]
    expect(before.missed).toMatchObject({ count: 1, of: 2 })
    laterBy(91)
    await closeAll(house)
    laterBy(91)
    expect(await letGo()).toBeGreaterThan(4)
    expect(await left()).toEqual([5, 6])
    const { kept, ...after } = await risk()
    expect(after).toEqual({ ...before, kept: undefined })
    expect(kept.en).toContain('5 older ones')
    expect(await verdictsOf(house, 'test')).toEqual(verdicts)
  })

  test('many that were judged of late hold up none behind them', async () => {
    const all = Array.from({ length: 101 }, (_, number) => decisionOf(groupOf(number), 'close'))
    await house.step([], all)
    await sealDecisions(house, 'test')
    laterBy(89)
    const judged = { verdict: 'benign', judged_by: 'ann', judged_at: house.clock.now() }
    await house.store.db<ThreatTables>().updateTable('threat_groups').set(judged).where('alerts', '>', 0).execute()
    await sql`update threat_groups set verdict = null, judged_by = null, judged_at = null where number = 100`.execute(
      house.store.db(),
    )
    laterBy(2)
    expect(await letGo()).toBe(1)
  })

  test('groups of a replay under way stay, as its labels come last', async () => {
    await decide(0, 'close')
    await sealDecisions(house, 'test')
    const row = { id: 'test', state: 'running', body: '{}' }
    await house.store.db<ThreatTables>().insertInto('threat_replays').values(row).execute()
    laterBy(91)
    expect(await letGo()).toBe(0)
    await house.store.db<ThreatTables>().updateTable('threat_replays').set({ state: 'done' }).execute()
    expect(await letGo()).toBe(1)
  })

  test('many go in small steps, and their numbers are one range', async () => {
    await house.step(
      [],
      Array.from({ length: 1000 }, (_, number) => decisionOf(groupOf(number), 'close')),
    )
    await sealDecisions(house, 'test')
    laterBy(91)
    const steps: number[] = []
    for await (const gone of sweep({ ...house, retention: USUAL_RETENTION })) if (gone > 0) steps.push(gone)
    expect(steps).toEqual(Array(10).fill(100))
    const { rows } = await sql`select numbers::text as numbers from threat_gone_groups`.execute(house.store.db())
    expect(rows).toEqual([{ numbers: '{[0,1000)}' }])
  })
})

/** As an operator closes each incident that is there, with its ticket. */
async function closeAll(house: ThreatHouse): Promise<void> {
  const rows = await house.store.db<ThreatTables>().selectFrom('threat_incidents').select('id').execute()
  const body = { verdict: 'attack', reason: 'all of it' }
  for (const { id } of rows) await house.call(ANN, 'POST /incidents/:id/close', { params: { id }, body })
}
