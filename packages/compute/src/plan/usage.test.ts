import { expect, test } from 'vitest'
import { readSnapshot } from '../model/read-snapshot.ts'
import { SAMPLE_YAML } from '../model/sample-snapshot.fixture.ts'
import { checkPlan } from './check-plan.ts'
import { planDay } from './plan-day.ts'

test('a quota of just what the jobs take serves them all, though floating-point hours add up to a little more', () => {
  const sample = readSnapshot(
    SAMPLE_YAML.replace('snapshot: sample-day', 'snapshot: short-slots\nslots: 240\nslotMinutes: 6'),
  )
  const [job] = sample.jobs
  for (let count = 1; count <= 12; count += 1) {
    const day = {
      ...sample,
      participants: [{ ...sample.participants[0]!, name: job!.participant, quotaChipHours: count / 10 }],
      jobs: Array.from({ length: count }, (_, i) => ({
        ...{ ...job!, name: `j${i}`, chips: 1, hours: 0.1, checkpoint: undefined, gangs: undefined, tier: 0 as const },
      })),
    }
    const plan = planDay(day, { seed: 1, ascents: 20, rounds: 20 })
    expect(plan.unserved, `${count} jobs`).toEqual([])
    expect(checkPlan(day, plan).faults).toEqual([])
  }
})
