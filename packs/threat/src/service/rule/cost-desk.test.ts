import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { HOUSE } from '@dengta/kernel'
import type { AuditPage, FlowView, RuleDetail, RulePage, RuleSetView } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unordered } from '../../pipeline/events.fixture.ts'
import { ANN, AUDITOR, type ThreatHouse, threatHouse } from '../threat-house.fixture.ts'

/** The first takes 150 ms on 60,000 characters a and b without order. */
const RULES = `title: Slow
id: slow
logsource: {product: linux}
detection: {s: {CommandLine|re: 'a[ab]{500}c|hit$'}, condition: s}
---
title: A quick one
id: quick
logsource: {product: linux}
detection: {s: {CommandLine|contains: aa}, condition: s}
`

describe.each(testStores())('what rules cost in the house, $name', (stores) => {
  let house: ThreatHouse
  const folder = mkdtempSync(join(tmpdir(), 'dengta-cost-'))
  const slow = { params: { id: 'slow' } }
  const rule = () => house.call<RuleDetail>(AUDITOR, 'GET /rules/:id', slow)
  const list = async (query: object) =>
    (await house.call<RulePage>(AUDITOR, 'GET /rules', { query })).rules.map(({ id, state }) => `${id} ${state}`)

  beforeAll(async () => {
    writeFileSync(join(folder, 'rules.yml'), RULES)
    house = await threatHouse(stores, { rules: folder, http: { port: 0 } })
  })
  afterAll(async () => {
    await house.close()
    rmSync(folder, { recursive: true })
  })

  /** Sends lines that stall the slow rule, and waits until they are looked at. */
  async function stall(): Promise<void> {
    const event = { _product: 'linux', pad: 'p'.repeat(70_000), CommandLine: unordered(60_000) }
    const flow = () => house.call<FlowView>(AUDITOR, 'GET /flow')
    const at = (await flow()).sources[0]?.at
    await fetch(`http://${at}/ingest`, { method: 'POST', body: `${JSON.stringify(event)}\n`.repeat(12) })
    for (let { totals } = await flow(); totals.evaluated + totals.unreadable < 12; { totals } = await flow())
      await delay(20)
  }

  test('without a flow nothing is measured, and there is nothing to lift', async () => {
    expect((await rule()).cost).toBeUndefined()
    await expect(house.call(ANN, 'POST /rules/:id/lift', slow)).rejects.toMatchObject({ code: 'threat.not_running' })
    await expect(house.call(AUDITOR, 'POST /rules/:id/lift', slow)).rejects.toThrow('does not allow')
    await expect(house.call(ANN, 'POST /rules/:id/lift', { params: { id: 'none' } })).rejects.toMatchObject({
      code: 'threat.missing',
    })
  })

  test('a rule that stalls the flow is shown with its cost and why it is off, until an operator lifts that', async () => {
    await house.parts.open()
    await stall()
    const stalled = await rule()
    expect(stalled).toMatchObject({ state: 'quarantined', quarantine: { of: 2 } })
    expect(stalled.quarantine?.reason.en).toMatch(/^\d+ of \d+ measured checks took longer than 20 ms/)
    expect(stalled.cost?.share).toBeGreaterThan(0.5)
    expect(stalled.cost?.secondsPerMillion).toBeGreaterThan(1000)
    expect(await list({ order: 'cost' })).toEqual(['slow quarantined', 'quick active'])
    expect([await list({ state: 'quarantined' }), await list({ state: 'active' })]).toEqual([
      ['slow quarantined'],
      ['quick active'],
    ])
    expect((await house.call<RuleSetView>(AUDITOR, 'GET /rule-set')).quarantined).toEqual(['slow'])
    const told = async () => {
      const { acts } = await house.call<AuditPage>(AUDITOR, 'GET /audit', { query: {} })
      return acts.filter(({ action }) => action === 'rule.quarantine').map(({ actor, target }) => `${actor} ${target}`)
    }
    await expect.poll(told, { timeout: 15_000 }).toEqual([`${HOUSE} slow`])
    const lifted = await house.call<RuleDetail>(ANN, 'POST /rules/:id/lift', slow)
    expect([lifted.state, lifted.quarantine]).toEqual(['active', undefined])
    expect(lifted.cost?.evaluations).toBeGreaterThan(0)
    const { acts } = await house.call<AuditPage>(AUDITOR, 'GET /audit', { query: { limit: 1 } })
    expect(acts).toMatchObject([{ actor: 'ann', action: 'rule.lift', target: 'slow' }])
    expect(acts[0]?.detail).toBe(stalled.quarantine?.reason.en)
    await expect(house.call(ANN, 'POST /rules/:id/lift', slow)).rejects.toMatchObject({
      code: 'threat.not_quarantined',
    })
  }, 30_000)
})
