import { seededRandom, uniform } from '@dengta/statistics'
import { describe, expect, test } from 'vitest'
import { readSnapshot } from '../model/read-snapshot.ts'
import { SAMPLE_YAML } from '../model/sample-snapshot.fixture.ts'
import type { Job, Snapshot } from '../model/snapshot.ts'
import { insertedPlan } from './guides.ts'
import { fits } from './insertion.ts'
import { sumPrices, zeroPrices } from './prices.ts'
import { problemOf } from './problem.ts'
import { serveAll } from './serve-all.ts'
import { emptyPlan, place } from './usage.ts'
import { guideOf } from './way-order.ts'

const sample = readSnapshot(SAMPLE_YAML)
const [site] = sample.sites
const pool = { ...site!.pools[0]!, count: 8 }
const open = { ...site!, feeder: undefined, pools: [pool], envelopeKw: site!.envelopeKw.map(() => 1000) }
const model = sample.jobs.find(({ sites }) => sites?.includes(site!.name) ?? true)!
const hour = 60 / sample.slotMinutes

/** A job of so many slots on so many chips of the only pool, in slots `release` to `deadline`. */
function job(name: string, chips: number, [slots, release, deadline]: readonly [number, number, number]): Job {
  const free = { checkpoint: undefined, before: undefined, trust: undefined, chipTypes: [pool.chip], tier: 0 } as const
  return { ...model, ...free, name, chips, hours: slots / hour, release, deadline, sites: [site!.name], valueYuan: 500 }
}

function dayOf(jobs: readonly Job[]) {
  const participants = sample.participants.map(({ name }) => ({ name, share: 1, usedChipHours: 0 }))
  const snapshot: Snapshot = { ...sample, feeders: [], participants, sites: [open], jobs }
  const problem = problemOf(snapshot)
  return { problem, guide: guideOf(problem, sumPrices(problem, zeroPrices(problem), 1)) }
}

/** The small job can only run in a slot that the large one, inserted first and hurried, would take. */
const blocked = dayOf([{ ...job('large', 8, [4, 0, 9]), delayYuanPerHour: 50 }, job('small', 1, [1, 2, 3])])

describe('serveAll', () => {
  test('serves a job that greedy insertion leaves out', () => {
    const { problem, guide } = blocked
    expect(problem.wayPool.length).toBeGreaterThanOrEqual(2)
    expect(insertedPlan(problem, guide).left).toBe(1)
    const usage = serveAll(problem, guide)
    expect(usage.left).toBe(0)
    const again = emptyPlan(problem)
    for (const [j, way] of usage.way.entries()) {
      expect(fits(again, { way, start: usage.start[j]! })).toBe(true)
      place(again, j, way, usage.start[j]!)
    }
  })

  test('leaves out no more value than must be where not all can run', () => {
    const { problem, guide } = dayOf([job('a', 8, [2, 0, 2]), job('b', 8, [2, 0, 2]), job('c', 1, [1, 4, 6])])
    expect(serveAll(problem, guide).left).toBe(1)
  })

  test('serves every job by prices that mislead where true costs serve every job', () => {
    const random = seededRandom(3)
    const between = (least: number, most: number): number => least + (random() % (most - least + 1))
    const drawn = (i: number): Job => {
      const [slots, release] = [between(2, 8), between(0, 20)]
      return job(`job-${i}`, between(1, 5), [slots, release, Math.min(32, release + slots + between(1, 8))])
    }
    const left = Array.from({ length: 100 }, () => {
      const { problem, guide: plain } = dayOf(Array.from({ length: 8 }, (_, i) => drawn(i)))
      const zero = zeroPrices(problem)
      const chips = zero.chips.map(() => 3 * uniform(random))
      const misled = guideOf(problem, sumPrices(problem, { ...zero, chips }, 1))
      return { plain: serveAll(problem, plain).left, misled: serveAll(problem, misled).left }
    })
    const served = left.filter(({ plain }) => plain === 0)
    expect(served.length).toBeGreaterThan(5)
    expect(served.filter(({ misled }) => misled > 0)).toEqual([])
  })
})
