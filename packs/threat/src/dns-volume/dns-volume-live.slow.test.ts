import type { AlertPage, FlowView } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { liveSteps } from '../service/flow/live-house.fixture.ts'
import { AUDITOR, type ThreatHouse, threatHouse } from '../service/threat-house.fixture.ts'
import { encoded, payload } from './tunnel.fixture.ts'

const START = Date.parse('2026-11-22T06:00:00Z')
const QUERIES = 600

const [stores] = testStores()
let house: ThreatHouse
beforeEach(async () => {
  house = await threatHouse(stores as NonNullable<typeof stores>, { http: { port: 0 } })
})
afterEach(() => house.close())

/** Zeek's lines: one query a second, each name asked for twice, twenty bytes in each. */
function lines(): string {
  const line = (at: number): string => {
    const query = `${encoded(payload(`live ${at >> 1}`, 20), 'hex')}.evil.net`
    const ends = { 'id.orig_h': '10.1.1.9', 'id.resp_p': 53 }
    return `${JSON.stringify({ _path: 'dns', ts: START / 1000 + at, ...ends, query, qtype_name: 'TXT', uid: 'not needed' })}\n`
  }
  return Array.from({ length: QUERIES }, (_, at) => line(at)).join('')
}

test('in the running house a tunnel is one alert in the database; its queries are no alerts, and are stored as little', async () => {
  await house.parts.open()
  const flow = () => house.call<FlowView>(AUDITOR, 'GET /flow')
  const url = `http://${(await flow()).sources[0]?.at}/ingest`
  expect((await fetch(url, { method: 'POST', body: lines() })).status).toBe(200)
  await expect.poll(async () => (await flow()).totals.findings, { timeout: 10_000 }).toBeGreaterThan(0)
  await expect.poll(async () => (await flow()).totals.evaluated, { timeout: 10_000 }).toBe(QUERIES)
  const { totals, seconds, stageFaults } = await flow()
  expect([totals.alerts, seconds.reduce((sum, { alerts }) => sum + alerts, 0), stageFaults]).toEqual([0, 0, []])
  const { alerts } = await house.call<AlertPage>(AUDITOR, 'GET /alerts')
  expect(alerts).toMatchObject([{ rule: { id: 'dengta-dns-volume' }, host: '10.1.1.9' }])
  const steps = await liveSteps(house)
  const observations = steps.flatMap((step) => step.observations ?? [])
  expect(observations.length).toBeGreaterThanOrEqual(QUERIES / 2)
  expect(observations.length).toBeLessThanOrEqual(QUERIES)
  expect(Object.keys((observations[0] as { seen: object }).seen)).toEqual(['time', 'client', 'name', 'type'])
  expect(JSON.stringify(steps)).not.toContain('not needed')
})
