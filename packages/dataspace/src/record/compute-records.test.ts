import { type ExportFile, verifyExport } from '@dengta/evidence'
import type { NewRecord } from '@dengta/ledger'
import { testStores } from '@dengta/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestHouse, testHouse } from '../test-house.fixture.ts'
import { heldDuring } from './compute-records.ts'

const [stores] = testStores()
let house: TestHouse
beforeEach(async () => {
  house = await testHouse(stores!)
})
afterEach(() => house.close())

const digest = 'a'.repeat(64)
const subjects = [{ name: 'sample', digest: { sha256: digest } }]

type Kind = 'plan' | 'grid-event' | 'settlement' | 'usage'
const on = <K extends Kind>(kind: K, predicate: NewRecord<K>['predicate']) =>
  house.store.transaction((tx) => house.ledger.append(tx, { kind, actor: 'house', subjects, predicate }))

const plan = (name: string, basis: string[] = []) =>
  on('plan', {
    ...{ basis, plan: name, day: 'day', origin: 'simulated', snapshot: digest, file: digest, jobs: 2, unserved: 0 },
    effort: { seed: 1, ascents: 2, rounds: 3 },
    terms: { unserved: 0, delay: 0, grid: 0, electricity: 30, demandCharge: 0, carbon: 10, fairness: 0, moves: 0 },
    ...{ yuan: 40, bound: 39, gap: 0.025, boundWeak: false, service: { valueBound: 0, jobsBound: 0 } },
    check: { ok: true, faults: [] },
  })
const event = (name: string, over: string, [from, to]: [string, string]) =>
  on('grid-event', {
    ...{ basis: [over], event: name, plan: 'p', sites: ['west'], from, to, depth: 0.25, noticeMinutes: 0 },
    ...{ plannedKwh: 4, targetKwh: 3 },
  })
const settlement = (of: string) =>
  on('settlement', {
    ...{ basis: [of], event: 'e', baselineMethod: 'plan', source: 'estimate', baselineKwh: 4, drawnKwh: 3 },
    ...{ requestedKwh: 1, deliveredKwh: 1, minutes: 60, minutesWithin: 60, file: digest },
  })
const usage = (of: string, scenario?: string) =>
  on('usage', {
    ...(scenario !== undefined && { scenario }),
    ...{ basis: [of], job: digest, origin: 'simulated', outcome: 'done', engine: 'local', site: 'west', chip: 'npu' },
    ...{ chips: 4, startedAt: '2026-11-22T08:00:00.000Z', endedAt: '2026-11-22T09:00:00.000Z', chipHours: 4 },
  })

const hour = (from: number): [string, string] => [`2026-11-22T${from}:30:00.000Z`, `2026-11-22T${from + 1}:30:00.000Z`]

test('an export of a scenario holds the compute records that its jobs rest on, and those of events that touched them', async () => {
  const first = await plan('p1')
  const second = await plan('p2', [first.id])
  const later = await plan('p3', [second.id])
  const own = await usage(second.id, 's1')
  const others = [
    await usage(second.id),
    await usage(second.id, 's2'),
    await plan('p4'),
    await event('no', first.id, hour(10)),
  ]
  const touched = await event('yes', later.id, ['2026-11-22T08:30:00.000Z', '2026-11-22T08:45:00.000Z'])
  const settled = await settlement(touched.id)
  const file = (await house.call('GET /api/v1/scenarios/:id/export', { params: { id: 's1' } })) as ExportFile
  expect(verifyExport(file, { trust: house.ledger.trust() }).ok).toBe(true)
  const held = JSON.stringify(file)
  for (const { envelope } of [first, second, later, own, touched, settled]) expect(held).toContain(envelope.payload)
  for (const { envelope } of others) expect(held).not.toContain(envelope.payload)
})

test('an event touches a job at one of its sites, while it runs', () => {
  const ran = { site: 'west', startedAt: '2026-11-22T08:00:00.000Z', endedAt: '2026-11-22T09:00:00.000Z' }
  const held = (sites: string[], [from, to]: [string, string]) => heldDuring({ sites, from, to }, ran)
  expect(held(['north', 'west'], ['2026-11-22T07:00:00.000Z', '2026-11-22T08:00:01.000Z'])).toBe(true)
  expect(held(['west'], ['2026-11-22T09:00:00.000Z', '2026-11-22T10:00:00.000Z'])).toBe(false)
  expect(held(['north'], ['2026-11-22T08:00:00.000Z', '2026-11-22T09:00:00.000Z'])).toBe(false)
})
