import { seededRandom, uniform } from '@dengta/statistics'
import { describe, expect, test } from 'vitest'
import { allocatedGpus, emptyCluster, type Pod } from './cluster.ts'
import { typicalPods } from './fragmentation.ts'
import { mostGpus } from './most-gpus.ts'
import { fragmentationGradient } from './packer.ts'
import { plannedPacking } from './planned-packing.ts'
import { planPools } from './pool-plan.ts'
import { powerPacking } from './power-aware.ts'
import { MODEL, NODES, pod, REST } from './two-models.fixture.ts'

const [LOW, HIGH] = [0, 1]
const CAPPED = pod({ mayCap: true })
const FULL = pod({ mayCap: false })
const caseAt = (watts: number, pods: readonly Pod[] = [CAPPED, FULL]) => ({
  nodes: NODES,
  pods,
  model: MODEL,
  limitWatts: REST + watts,
})
const bound = (watts: number, pods: readonly Pod[], asArrived = true): Promise<number> =>
  mostGpus({ ...caseAt(watts, pods), asArrived })
const times = (count: number, each: Pod): Pod[] => Array.from({ length: count }, () => each)

describe('the most GPUs that can be given out', () => {
  test('is counted by hand: in the mix, at will, with all the power', async () => {
    const pods = [...times(10, CAPPED), ...times(10, FULL)]
    // Ten at full power on low GPUs, ten at half on high ones.
    expect(await bound(2500, pods)).toBeCloseTo(20, 6)
    // Nine of each: nine at full power and one at half on low GPUs, eight at half on high ones. At will the low ones are filled at half.
    expect(await bound(2150, pods)).toBeCloseTo(18, 6)
    expect(await bound(500, times(20, CAPPED), false)).toBeCloseTo(10, 6)
    expect(await bound(0, pods)).toBeCloseTo(0, 6)
    // Less than the boards draw at rest.
    expect(await bound(-1, pods)).toBeCloseTo(0, 6)
  })

  test('leaves the rest of a GPU empty where no share fits', async () => {
    expect(await bound(1e6, times(40, pod({ gpuMilli: 600 })))).toBeCloseTo(20 * 0.6, 6)
    expect(await bound(1e6, [...times(20, pod({ gpuMilli: 600 })), ...times(20, pod({ gpuMilli: 400 }))])).toBeCloseTo(
      20,
      6,
    )
  })
})

describe('a plan of pools', () => {
  test('is made where power ends the workload, and nowhere else', async () => {
    expect(await planPools(caseAt(2500))).toBeUndefined()
    expect(await planPools(caseAt(2000))).toBeDefined()
    expect((await planPools(caseAt(-1)))?.budget).toBe(0)
    expect(await planPools(caseAt(0, []))).toBeUndefined()
    expect(await planPools(caseAt(0, [pod({ gpus: 0, gpuMilli: 0 })]))).toBeUndefined()
  })

  test('sends tasks at full power to low GPUs, and capped ones where the room is that they leave', async () => {
    const plan = (await planPools(caseAt(2000)))!
    expect(plan.parts(FULL)![LOW]).toBeCloseTo(1, 6)
    expect(plan.parts(CAPPED)![HIGH]).toBeGreaterThan(0.5)
    expect(plan.parts(pod({ cpuMilli: 77 }))).toBeUndefined()
    expect(plan.cost(FULL, HIGH)).toBeGreaterThan(plan.cost(FULL, LOW))
    expect(plan.cost(pod({ cpuMilli: 77, mayCap: false }), HIGH)).toBe(300)
    for (const own of plan.typical) expect(own.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
  })
})

describe.each([1, 2, 3, 4])('a packing by plan, seed %i', (seed) => {
  const random = seededRandom(seed)
  const pods = Array.from({ length: 60 }, (_, i) =>
    pod({
      name: `p${i}`,
      gpus: random() % 6 === 0 ? 0 : 1,
      gpuMilli: [1000, 1000, 800, 400][random() % 4]!,
      cpuMilli: 500 * (1 + (random() % 4)),
      mayCap: uniform(random) < 0.5,
    }),
  )
  const limitWatts = REST + 1800
  const supplies = {
    supplyOf: Int32Array.from(NODES, (_, n) => n % 2),
    limitWatts: Float64Array.of(0.55 * limitWatts, 0.55 * limitWatts, limitWatts),
  }

  test('keeps every limit, stays below the bound, and does what the same packing does again', async () => {
    const plan = (await planPools({ nodes: NODES, pods, model: MODEL, limitWatts }))!
    const run = (): number => {
      const cluster = emptyCluster(NODES)
      const how = plannedPacking({ cluster, pods, model: MODEL, supplies, plan, thrift: 0 })
      const packer = powerPacking(cluster, { ...how, model: MODEL, supplies, mayCap: true })
      for (const each of pods) {
        packer.place(each)
        for (const [row, watts] of packer.watts.entries())
          expect(watts).toBeLessThanOrEqual(supplies.limitWatts[row]! + 1e-3)
      }
      return allocatedGpus(cluster)
    }
    const given = run()
    expect(given).toBeLessThanOrEqual(
      (await mostGpus({ nodes: NODES, pods, model: MODEL, limitWatts, asArrived: false })) + 1e-6,
    )
    expect(run()).toBe(given)
  })
})

test('a packing by plan feeds more GPUs than the same gradient without it', async () => {
  const watts = 2300
  const supplies = { supplyOf: new Int32Array(NODES.length), limitWatts: Float64Array.of(REST + watts, REST + watts) }
  const plan = (await planPools(caseAt(watts)))!
  const given = [false, true].map((planned) => {
    const cluster = emptyCluster(NODES)
    const how = planned
      ? plannedPacking({ cluster, pods: [CAPPED, FULL], model: MODEL, supplies, plan, thrift: 0 })
      : { score: fragmentationGradient(typicalPods([CAPPED, FULL])) }
    const packer = powerPacking(cluster, { ...how, model: MODEL, supplies, mayCap: true })
    for (let i = 0; i < 20; i += 1) packer.place([CAPPED, FULL][i % 2]!)
    return allocatedGpus(cluster)
  })
  expect(given[1]).toBeGreaterThan(given[0]!)
  expect(given[1]).toBeGreaterThanOrEqual(18)
})

test('shares fill GPUs better by what their sizes are worth in the plan: six workloads together', async () => {
  const supplies = { supplyOf: new Int32Array(NODES.length), limitWatts: Float64Array.of(1e6, 1e6) }
  let [by, without] = [0, 0]
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const random = seededRandom(seed)
    const pods = Array.from({ length: 80 }, () => pod({ gpuMilli: [650, 470, 470, 320][random() % 4]! }))
    const plan = (await planPools(caseAt(600, pods)))!
    const given = (waste: typeof plan.waste): number => {
      const cluster = emptyCluster(NODES)
      const how = plannedPacking({ cluster, pods, model: MODEL, supplies, plan: { ...plan, waste }, thrift: 0 })
      const packer = powerPacking(cluster, { ...how, model: MODEL, supplies, mayCap: true })
      for (const each of pods) packer.place(each)
      return allocatedGpus(cluster)
    }
    by += given(plan.waste)
    without += given(plan.waste.map(() => () => 0))
  }
  expect(by).toBeGreaterThan(without)
})

test('an unexpected task finds the pool where it draws least', async () => {
  const plan = (await planPools(caseAt(2000)))!
  const cluster = emptyCluster(NODES)
  const supplies = { supplyOf: new Int32Array(NODES.length), limitWatts: Float64Array.of(1e6, 1e6) }
  const { score, steering } = plannedPacking({ cluster, pods: [CAPPED, FULL], model: MODEL, supplies, plan, thrift: 0 })
  const stranger = pod({ cpuMilli: 77, mayCap: false })
  const worse = steering.worse(stranger)
  expect(worse(0)).toBeLessThan(worse(9))
  expect(score(cluster, 0, stranger).score).toBeLessThan(Number.POSITIVE_INFINITY)
})

test('hungry tasks stay away from a supply whose free GPUs want more power than it has', async () => {
  const plan = (await planPools(caseAt(2000)))!
  const supplies = {
    supplyOf: Int32Array.from(NODES, (_, n) => (n === 0 ? 0 : 1)),
    limitWatts: Float64Array.of(100 + 120, 1e6, 1e6),
  }
  const { steering } = plannedPacking({
    cluster: emptyCluster(NODES),
    pods: [CAPPED, FULL],
    model: MODEL,
    supplies,
    plan,
    thrift: 0,
  })
  const [full, capped] = [FULL, CAPPED].map((each) => {
    const worse = steering.worse(each)
    return worse(0) - worse(1)
  })
  expect(full).toBeGreaterThan(capped!)
  expect(capped).toBeGreaterThan(0)
})

test('the last power goes only to tasks that draw no more for a GPU than it is worth', async () => {
  const bare = pod({ gpus: 0, gpuMilli: 0 })
  const pods = [CAPPED, FULL, bare]
  const model = { ...MODEL, cpuWatts: 10 }
  const plan = (await planPools({ ...caseAt(2000, pods), model }))!
  const supplies = { supplyOf: new Int32Array(NODES.length), limitWatts: Float64Array.of(1e6, 1e6) }
  const { steering } = plannedPacking({ cluster: emptyCluster(NODES), pods, model, supplies, plan, thrift: 0.1 })
  const isOpen = (each: Pod, n: number): boolean => steering.worse(each)(n) < Number.POSITIVE_INFINITY
  const [low, high] = [0, 9]
  steering.placed(CAPPED, low, 0.11 * plan.budget)
  expect([isOpen(bare, low), isOpen(FULL, high)]).toEqual([true, true])
  steering.placed(CAPPED, low, 0.09 * plan.budget)
  expect([isOpen(bare, low), isOpen(FULL, high), isOpen(FULL, low), isOpen(CAPPED, high)]).toEqual([
    false,
    false,
    true,
    true,
  ])
})
