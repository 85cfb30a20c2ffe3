import { expect, test } from 'vitest'
import { readSnapshot } from '../model/read-snapshot.ts'
import { SAMPLE_YAML } from '../model/sample-snapshot.fixture.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { planDay } from '../plan/plan-day.ts'
import type { OpenedPlan } from './opened-plans.ts'
import { siteBoard } from './site-board.ts'

const sample = readSnapshot(SAMPLE_YAML)
const day = { startsAt: new Date('2026-11-22T00:00:00Z') } as OpenedPlan['day']
const run = { id: 'plan_1' } as OpenedPlan['run']
const dearest = (snapshot: Snapshot): number => {
  const plan = planDay(snapshot, { seed: 1, ascents: 300, rounds: 300 })
  return Math.max(...siteBoard({ run, day, snapshot, plan }).sites.flatMap(({ shadowYuanPerMwh }) => shadowYuanPerMwh))
}
const withKw = (kw: number, demandYuanPerKw: number): Snapshot => ({
  ...{ ...sample, feeders: [] },
  sites: sample.sites.map((site) => ({
    ...site,
    ...{ feeder: undefined, envelopeKw: Array(96).fill(kw), demandYuanPerKw, billedPeakKw: 0 },
  })),
})

test('one more MW is worth something where power is scarce, and nothing where only its peak is charged', () => {
  expect(dearest(withKw(2, 0))).toBeGreaterThan(0)
  expect(dearest(withKw(1000, 40))).toBe(0)
})
