import { readdirSync } from 'node:fs'
import type { ExportFile } from '@dengta/evidence'
import { verifyExport } from '@dengta/evidence'
import type { GroupPage, IncidentDetail, ReplayView, RiskView } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { flowFolder, stepFolder } from '../flow/flow-folder.ts'
import { ANN, AUDITOR, type ThreatHouse, threatHouse } from '../threat-house.fixture.ts'

describe.each(testStores())('a replay of the own sample, $name', (stores) => {
  let house: ThreatHouse
  let replay: ReplayView
  beforeAll(async () => {
    house = await threatHouse(stores)
    const { id } = await house.call<ReplayView>(ANN, 'POST /replays', { body: {} })
    await expect(house.call(ANN, 'POST /replays', { body: {} })).rejects.toMatchObject({ code: 'threat.replay_runs' })
    await house.store.jobs.idle()
    replay = await house.call<ReplayView>(AUDITOR, 'GET /replays/:id', { params: { id } })
  }, 240_000)
  afterAll(() => house.close())

  test('runs from events to evidence, marked as simulated', () => {
    expect(replay).toMatchObject({ state: 'done', origin: 'simulated', network: 'birch' })
    const { outcome } = replay
    expect(outcome).toMatchObject({ events: 75, missedSteps: { count: 0, of: 12 } })
    expect(outcome?.automaticGroups.rate).toBeGreaterThan(0.9)
    expect(outcome?.eventAlerts).toBeGreaterThan(10)
  })

  test('its journal and steps are gone, the checkpoints that models learn from are not', () => {
    for (const flow of [replay.id, `${replay.id}-events`]) {
      expect(readdirSync(flowFolder(house.store.home, flow))).toEqual(['steps'])
      expect(readdirSync(stepFolder(house.store.home, flow))).toEqual(['stages.state'])
    }
  })

  test('its figures are those of the risk page, and its labels never came from people', async () => {
    const risk = await house.call<RiskView>(AUDITOR, 'GET /triage/risk', { query: { network: 'birch' } })
    expect(risk.automation.groups).toEqual(replay.outcome?.automaticGroups)
    expect(risk.missed).toMatchObject({ count: 0, of: 12 })
    expect(risk.labels.kind).toBe('simulated')
  })

  test('its incidents have tickets with collected evidence; correlated alerts of the events are there', async () => {
    const [first] = replay.incidents
    const incident = await house.call<IncidentDetail>(AUDITOR, 'GET /incidents/:id', { params: { id: first ?? '' } })
    expect(incident.runs).toMatchObject([{ playbook: { en: 'Collect evidence' }, status: 'succeeded' }])
    expect(incident.tickets).toMatchObject([{ state: 'new' }])
    const groups = await house.call<GroupPage>(AUDITOR, 'GET /triage/groups', { query: { network: 'events' } })
    const signatures = groups.groups.map(({ signature }) => signature)
    expect(signatures).toContain('Sample: many failed logins of one account')
    expect(signatures).not.toContain('Sample: login failed')
  })

  test('everything on record about it is verified offline', async () => {
    const file = await house.call<ExportFile>(AUDITOR, 'GET /replays/:id/export', { params: { id: replay.id } })
    const { checks } = verifyExport(file, { trust: house.ledger.trust() })
    // No participants are registered in this house of one pack: `dengta threat demo` | `dengta verify` checks that too.
    expect(checks.filter(({ ok, code }) => !ok && code !== 'actors')).toEqual([])
  })
})
