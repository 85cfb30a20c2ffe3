import { seededRandom } from '@dengta/statistics'
import { describe, expect, test } from 'vitest'
import { readSnapshot } from '../model/read-snapshot.ts'
import { SAMPLE_YAML } from '../model/sample-snapshot.fixture.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { anneal } from './anneal.ts'
import { countColumns, draftColumns } from './draft-columns.ts'
import { placeDraft } from './place-draft.ts'
import { sumPrices, zeroPrices } from './prices.ts'
import { type Problem, problemOf } from './problem.ts'
import { overrunOf, type SoftLimits, shift } from './soft-limits.ts'
import { emptyPlan } from './usage.ts'

const sample = readSnapshot(SAMPLE_YAML)
const j3 = sample.jobs.find(({ name }) => name === 'j3')!

function laidOut(snapshot: Snapshot) {
  const problem = problemOf(snapshot)
  const sums = sumPrices(problem, zeroPrices(problem), 1)
  return { problem, columns: draftColumns(problem, sums, sums) }
}

/** Copies of a job in a window that holds exactly so many of them, one after another, in a pool with room for one at a time. */
function queue(copies: number): Snapshot {
  const [one] = laidOut({ ...sample, jobs: [j3] }).problem.ways
  const { site, pool, slots, chips } = one!
  const jobs = Array.from({ length: copies }, (_, i) => ({
    ...j3,
    name: `q${i}`,
    tier: 0 as const,
    sites: [site.name],
    chipTypes: [pool.chip],
    release: 0,
    deadline: copies * slots,
  }))
  const only = { ...site, feeder: undefined, pools: [{ ...pool, count: 2 * chips - 1 }] }
  const participants = sample.participants.map(({ name }) => ({ name, share: 1, usedChipHours: 0 }))
  return { ...sample, feeders: [], participants, sites: [only], jobs }
}

/** What all limits are overrun by, weighed. */
function overrunAltogether({ problem, chipsFree, nodeFree, chipWeight, kwWeight }: SoftLimits): number {
  const below = (free: Float64Array): number => free.reduce((sum, each) => sum + Math.max(0, -each), 0)
  expect(nodeFree).toHaveLength(problem.nodes * problem.slots)
  return chipWeight * below(chipsFree) + kwWeight * below(nodeFree)
}

function softOf(problem: Problem, columns: ReturnType<typeof draftColumns>): SoftLimits {
  const half = (limits: Float64Array): Float64Array => limits.map((limit) => limit / 8)
  const free = { chipsFree: half(problem.chipLimit), nodeFree: half(problem.limitKw) }
  return { problem, columns, ...free, chipWeight: 0.7, kwWeight: 1.9 }
}

describe('anneal', () => {
  test('what a column would overrun is what all limits are overrun by more once it is in', () => {
    const { problem, columns } = laidOut(sample)
    const soft = softOf(problem, columns)
    const random = seededRandom(3)
    const changes = Array.from({ length: 60 }, () => {
      const column = random() % columns.way.length
      const before = overrunAltogether(soft)
      const said = overrunOf(soft, column)
      shift(soft, column, 1)
      expect(overrunAltogether(soft) - before).toBeCloseTo(said, 6)
      return { column, said }
    })
    expect(changes.some(({ said }) => said > 0)).toBe(true)
    for (const { column } of changes) shift(soft, column, -1)
    expect(overrunAltogether(soft)).toBeCloseTo(0, 6)
  })

  test('lines jobs up without a gap where only that serves them all', () => {
    const { problem, columns } = laidOut(queue(4))
    const draft = anneal(problem, columns, { random: seededRandom(1), moves: 40_000 })
    const usage = emptyPlan(problem)
    placeDraft(usage, columns, draft)
    const starts = [...usage.start].sort((a, b) => a - b)
    expect([...usage.way].every((way) => way >= 0)).toBe(true)
    expect(starts.map((start, i) => start - i * problem.waySlots[0]!)).toEqual([0, 0, 0, 0])
  })

  test('a draft keeps within quotas once it is placed', () => {
    const day = queue(3)
    const hours = problemOf(day).wayHours[0]!
    const participants = day.participants.map((each) => ({ ...each, quotaChipHours: 2.5 * hours }))
    const { problem, columns } = laidOut({ ...day, participants })
    const usage = emptyPlan(problem)
    placeDraft(usage, columns, anneal(problem, columns, { random: seededRandom(1), moves: 20_000 }))
    expect([...usage.way].filter((way) => way >= 0)).toHaveLength(2)
  })

  test('is the same for the same seed, and a job that can run nowhere has no column', () => {
    const day = { ...sample, jobs: [...sample.jobs, { ...j3, name: 'huge', chips: 100_000 }] }
    const { problem, columns } = laidOut(day)
    const draft = (): Int32Array => anneal(problem, columns, { random: seededRandom(5), moves: 5000 })
    expect(draft()).toEqual(draft())
    expect(draft().at(-1)).toBe(-1)
    expect(countColumns(problem)).toBeGreaterThanOrEqual(columns.way.length)
  })
})
