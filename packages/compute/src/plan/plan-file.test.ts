import type { AppError } from '@dengta/kernel'
import { describe, expect, test } from 'vitest'
import { readSnapshot } from '../model/read-snapshot.ts'
import { SAMPLE_YAML } from '../model/sample-snapshot.fixture.ts'
import { snapshotDigest } from '../model/snapshot.ts'
import { writeSnapshot } from '../model/write-snapshot.ts'
import { checkPlan } from './check-plan.ts'
import { runApart } from './plan-client.ts'
import { planDay } from './plan-day.ts'
import { readPlanFile, writePlanFile } from './plan-file.ts'

const snapshot = readSnapshot(SAMPLE_YAML)
const effort = { seed: 7, ascents: 100, rounds: 300 }
const plan = planDay(snapshot, effort)
const file = writePlanFile({ snapshot, plan, effort })

describe('a plan file', () => {
  test('reads back to the same plan, of a day with the same digest, and proves itself', () => {
    const read = readPlanFile(file)
    expect(read.plan).toEqual(plan)
    expect(read.effort).toEqual(effort)
    expect(snapshotDigest(read.snapshot)).toBe(plan.snapshot)
    expect(checkPlan(read.snapshot, read.plan)).toMatchObject({ ok: true, faults: [] })
    expect(writePlanFile(read)).toBe(file)
  })

  test('does not prove itself once its day or its plan was changed', () => {
    const changed = (from: RegExp, to: string) => {
      const read = readPlanFile(file.replace(from, to))
      return checkPlan(read.snapshot, read.plan).faults.map(({ code }) => code)
    }
    expect(changed(/"count":16/, '"count":17')).toContain('compute.plan.other_snapshot')
    expect(changed(/"bound":\d/, '"bound":9')).toContain('compute.plan.bound_wrong')
  })

  test.each([
    ['not JSON', 'format: dengta', 'plan_file.not_json', /JSON/],
    ['another form', '{"format":"other"}', 'plan_file.field', /format/],
    ['a level below zero', file.replace(/"level":\d/, '"level":-1'), 'plan_file.field', /placements\.\d+\.level/],
    [
      'a day with a circle',
      file.replace('"feeder":"region",', '"feeder":"region","parent":"park",'),
      'compute.cyclic_feeders',
      /park|region/,
    ],
  ])('%s is refused with the field', (_, text, code, message) => {
    expect(() => readPlanFile(text)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }))
  })
})

test('a wrong field is told in both languages', () => {
  try {
    readPlanFile(file.replace('"chips":8', '"chips":"eight"'))
    expect.unreachable()
  } catch (error) {
    const { en, zh } = (error as AppError).text
    expect(en).toMatch(/^the plan file .*day\.jobs\.0\.chips: Invalid input: expected number/)
    expect(zh).toMatch(/^计划文件.*day\.jobs\.0\.chips：无效输入/)
  }
})

test('a snapshot written as a file is read back unchanged', () => {
  expect(readSnapshot(JSON.stringify(writeSnapshot(snapshot)))).toEqual(snapshot)
})

test('the longest horizon that a day may have comes back from its plan file', () => {
  const long = SAMPLE_YAML.replace('snapshot: sample-day', 'snapshot: long\nslots: 2976\nslotMinutes: 60').replaceAll(
    `to: '24:00'`,
    `to: '2976:00'`,
  )
  const day = readSnapshot(long)
  const made = planDay(day, { seed: 1, ascents: 2, rounds: 2 })
  expect(readPlanFile(writePlanFile({ snapshot: day, plan: made, effort })).snapshot).toEqual(day)
})

describe('the planning thread', () => {
  test('gives the plan of this thread, byte for byte, and says how far it is', async () => {
    const shares: number[] = []
    const planned = await runApart({ kind: 'plan', snapshot, effort }, { progress: ({ done }) => shares.push(done) })
    expect(planned.file).toBe(file)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares.length).toBeGreaterThan(3)
  })

  test('a wrong day keeps its error with line and field', async () => {
    const text = SAMPLE_YAML.replace('carbonKgPerKwh: 0.6', 'carbonKgPerKwh: [1]')
    await expect(runApart({ kind: 'read', text })).rejects.toMatchObject({
      code: 'compute.series_length',
      details: { path: 'sites.0.carbonKgPerKwh', count: 1, slots: 96 },
    })
  })

  test('ends at once when it is cancelled', async () => {
    const long = { kind: 'plan', snapshot, effort: { seed: 1, ascents: 10, rounds: 500_000_000 } } as const
    const abort = new AbortController()
    const reason = new RangeError('cancelled')
    const running = runApart(long, { signal: abort.signal, progress: () => abort.abort(reason) })
    await expect(running).rejects.toBe(reason)
  })
})
