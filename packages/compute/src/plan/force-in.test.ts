import { seededRandom, uniform } from '@dengta/statistics'
import { expect, test } from 'vitest'
import { readSnapshot } from '../model/read-snapshot.ts'
import { SAMPLE_YAML } from '../model/sample-snapshot.fixture.ts'
import type { Job, Snapshot } from '../model/snapshot.ts'
import { checkPlan } from './check-plan.ts'
import { forceIn } from './force-in.ts'
import { insertAll } from './guides.ts'
import { planDay } from './plan-day.ts'
import { sumPrices, zeroPrices } from './prices.ts'
import { type Problem, problemOf } from './problem.ts'
import { emptyPlan, type Usage } from './usage.ts'
import { guideOf } from './way-order.ts'

const sample = readSnapshot(SAMPLE_YAML)
const like = sample.jobs.find(({ name }) => name === 'j3')!

/** Jobs of one site that can neither wait nor run slowly: a plan is a choice of jobs. Thirteen of them want more than there is. */
function choiceDay(seed: number, quotaChipHours?: number): Snapshot {
  const random = seededRandom(seed)
  const jobs = Array.from({ length: 13 }, (_, i): Job => {
    const release = 32 + (random() % 12)
    const hours = 1 + (random() % 8) / 4
    const deadline = release + Math.ceil(4 * hours)
    return {
      ...like,
      name: `c${i}`,
      chips: 1 + (random() % 8),
      hours,
      release,
      deadline,
      valueYuan: 50 + (random() % 500),
    }
  })
  const quota = quotaChipHours === undefined ? {} : { quotaChipHours }
  return {
    ...sample,
    participants: sample.participants.map(({ name }) => ({ name, share: 1, usedChipHours: 0, ...quota })),
    sites: sample.sites.map(({ rampKw: _, ...site }) => ({ ...site, demandYuanPerKw: 0 })),
    jobs,
  }
}

/** Least value that stays out, by trying every choice of jobs. */
function leastOut(problem: Problem): number {
  let least = Number.POSITIVE_INFINITY
  for (let choice = 0; choice < 2 ** problem.jobs; choice += 1) {
    const out = problem.unservedYuan.reduce((sum, yuan, j) => sum + ((choice >> j) & 1 ? 0 : yuan), 0)
    if (out < least && holds(problem, choice)) least = out
  }
  return least
}

function holds(problem: Problem, choice: number): boolean {
  const [chips, kw] = [new Float64Array(problem.slots), new Float64Array(problem.slots)]
  const north = problem.snapshot.sites[0]!
  for (let j = 0; j < problem.jobs; j += 1) {
    if (!((choice >> j) & 1)) continue
    const { watts } = problem.snapshot.classes.finetune!.a100![0]!
    const job = problem.snapshot.jobs[j]!
    for (let t = job.release; t < job.deadline; t += 1) {
      chips[t]! += job.chips
      kw[t]! += (job.chips * watts * north.pue[t]!) / 1000
    }
  }
  return chips.every((used, t) => used <= 16 && kw[t]! <= north.envelopeKw[t]! - north.reserveKw[t]! + 1e-6)
}

test.each([1, 2, 3, 4, 5])('leaves out the least value of every choice of jobs, day %i', (seed) => {
  const snapshot = choiceDay(seed)
  const plan = planDay(snapshot, { seed: 1, ascents: 200, rounds: 1000 })
  expect(checkPlan(snapshot, plan).faults).toEqual([])
  const least = leastOut(problemOf(snapshot))
  expect(least).toBeGreaterThan(0)
  expect(plan.terms.unserved).toBeCloseTo(least, 6)
})

test('after each of 500 rounds every limit and quota holds, and what was touched stands in the answer', () => {
  const usage = emptyPlan(problemOf(choiceDay(6, 30)))
  const prices = guideOf(usage.problem, sumPrices(usage.problem, zeroPrices(usage.problem), 1))
  const random = seededRandom(1)
  const jobs = Int32Array.from({ length: usage.problem.jobs }, (_, j) => j)
  insertAll(usage, prices)
  let forced = 0
  for (let round = 0; round < 500; round += 1) {
    const before = usage.way.slice()
    const touched = forceIn(usage, { random, jobs, prices })
    expect(least(usage)).toBeGreaterThan(-1e-6)
    for (const [j, way] of before.entries())
      if (usage.way[j] !== way) expect(touched).toContainEqual({ j, way, start: expect.any(Number) })
    if (usage.way[touched[0]!.j]! >= 0) forced += 1
    if (uniform(random) < 0.5) insertAll(usage, prices)
  }
  expect(forced).toBeGreaterThan(100)
})

const least = ({ chipsFree, nodeFree, quotaFree }: Usage): number =>
  [chipsFree, nodeFree, quotaFree].flatMap((free) => [...free]).reduce((a, b) => Math.min(a, b))

test('touches nothing where every job lies somewhere', () => {
  const usage = emptyPlan(problemOf({ ...sample, jobs: [like] }))
  const prices = guideOf(usage.problem, sumPrices(usage.problem, zeroPrices(usage.problem), 1))
  insertAll(usage, prices)
  const before = usage.way.slice()
  expect(forceIn(usage, { random: seededRandom(1), jobs: Int32Array.of(0), prices })).toEqual([])
  expect(usage.way).toEqual(before)
})
