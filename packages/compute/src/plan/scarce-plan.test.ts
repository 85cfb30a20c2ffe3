import { seededRandom } from '@dengta/statistics'
import { expect, test } from 'vitest'
import { loadHighs } from '../linear/highs-model.ts'
import { readSnapshot } from '../model/read-snapshot.ts'
import { SAMPLE_YAML } from '../model/sample-snapshot.fixture.ts'
import type { Job, Snapshot } from '../model/snapshot.ts'
import { checkPlan } from './check-plan.ts'
import { planDay } from './plan-day.ts'

const sample = readSnapshot(SAMPLE_YAML)
const like = sample.jobs.find(({ name }) => name === 'j3')!

/** Jobs of one or two chips for half an hour, anywhere in the day, at a site whose chips serve some 400 of them. */
function crowdedDay(count: number): Snapshot {
  const random = seededRandom(1)
  const north = sample.sites[0]!
  const jobs = Array.from({ length: count }, (_, i): Job => {
    const release = random() % (sample.slots - 8)
    const hours = 0.5 + (random() % 5) / 4
    return {
      ...like,
      name: `c${i}`,
      chips: 1 + (random() % 2),
      hours,
      release,
      deadline: release + 8,
      valueYuan: 5 + (random() % 20),
    }
  })
  return {
    ...sample,
    participants: sample.participants.map(({ name }) => ({ name, share: 1, usedChipHours: 0 })),
    sites: [{ ...north, rampKw: undefined, demandYuanPerKw: 0 }, ...sample.sites.slice(1)],
    jobs,
  }
}

test('a day of many jobs that cannot all be served: the plan holds, says how far it is, and is near what nobody can beat', () => {
  const snapshot = crowdedDay(800)
  const told: number[] = []
  const plan = planDay(snapshot, { seed: 1, ascents: 600, rounds: 4000 }, { progress: ({ done }) => told.push(done) })
  const check = checkPlan(snapshot, plan)
  expect(check.faults).toEqual([])
  expect(told).toEqual(told.toSorted((a, b) => a - b))
  expect(told.length).toBeGreaterThan(100)
  expect(check.unserved.valueBound).toBeGreaterThan(0)
  expect(check.terms.unserved / check.unserved.valueBound).toBeLessThan(1.05)
})

test('with a solver of linear programs it leaves out no more, and proves no less', async () => {
  const snapshot = crowdedDay(250)
  const effort = { seed: 1, ascents: 600, rounds: 50_000 }
  const told: number[] = []
  const open = await loadHighs()
  const [alone, helped] = [{}, { open, progress: ({ done }: { done: number }) => told.push(done) }].map((help) =>
    checkPlan(snapshot, planDay(snapshot, effort, help)),
  )
  expect(helped!.faults).toEqual([])
  expect(helped!.terms.unserved).toBeLessThanOrEqual(1.001 * alone!.terms.unserved)
  expect(helped!.unserved.valueBound).toBeGreaterThanOrEqual(alone!.unserved.valueBound - 0.01)
  expect(told).toEqual(told.toSorted((a, b) => a - b))
})
