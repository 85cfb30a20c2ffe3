import { expect, test } from 'vitest'
import { readSnapshot } from '../model/read-snapshot.ts'
import { SAMPLE_YAML } from '../model/sample-snapshot.fixture.ts'
import type { Snapshot } from '../model/snapshot.ts'
import type { Plan } from '../plan/plan.ts'
import { lanesOf } from './lanes.ts'
import type { OpenedPlan } from './opened-plans.ts'
import { planBars } from './plan-bars.ts'

const sample = readSnapshot(SAMPLE_YAML)

/** `count` jobs of six slots on made-up places: bars are drawn whether or not a plan is a good one. */
function manyBars(count: number): OpenedPlan {
  const jobs = Array.from({ length: count }, (_, i) => ({ ...sample.jobs[0]!, name: `job-${i}` }))
  const placements = jobs.map((job, i) => ({
    ...{ job: job.name, site: i % 3 === 0 ? 'north' : 'west', chip: 'a100' },
    ...{ level: i % 3, start: (i * 37) % 90, slots: 6 },
  }))
  const snapshot: Snapshot = { ...sample, jobs }
  const day = { startsAt: new Date('2026-11-22T00:00:00Z') } as OpenedPlan['day']
  return {
    run: { id: 'plan_1' } as OpenedPlan['run'],
    day,
    snapshot,
    plan: { placements, unserved: [] } as unknown as Plan,
  }
}

test('5,000 bars are a few hundred kilobytes', () => {
  const bytes = JSON.stringify(planBars(manyBars(5000), () => true)).length
  expect(bytes).toBeGreaterThan(100_000)
  expect(bytes).toBeLessThan(300_000)
})

test('as many rows as bars that lie over each other at once, and no more', () => {
  const { placements } = manyBars(500).plan
  const { lane, lanes } = lanesOf(placements)
  const at = Array.from({ length: 96 }, (_, t) => placements.filter(({ start }) => start <= t && t < start + 6).length)
  expect(lanes).toBe(Math.max(...at))
  const rows = new Map<number, number>()
  for (const [i] of [...placements.entries()].sort(([, a], [, b]) => a.start - b.start)) {
    expect(placements[i]!.start).toBeGreaterThanOrEqual(rows.get(lane[i]!) ?? 0)
    rows.set(lane[i]!, placements[i]!.start + 6)
  }
})
