import { describe, expect, test } from 'vitest'
import { emptyCluster, type Pod } from './cluster.ts'
import { mostGpus } from './most-gpus.ts'
import { plannedPacking } from './planned-packing.ts'
import { planPools } from './pool-plan.ts'
import { powerPacking } from './power-aware.ts'
import { MODEL, NODES, pod } from './two-models.fixture.ts'

/** A low node draws 100 W once it is on, and 100 W more for a GPU at full power; a high one 200 W, and 300 W a GPU. */
const OFF = { ...MODEL, idleNodesOff: true }
const LOW = 0
const HIGH = 5

const packerAt = (limitWatts: readonly number[], firstNode: number) =>
  powerPacking(emptyCluster(NODES), {
    score: (_cluster, n) => ({ gpu: -1, score: Math.abs(n - firstNode) }),
    model: OFF,
    supplies: {
      supplyOf: Int32Array.from(NODES, (_, n) => (n < HIGH ? 0 : 1)),
      limitWatts: Float64Array.from(limitWatts),
    },
    mayCap: true,
  })

describe('nodes that are off until their first task', () => {
  test('draw nothing, then their boards at rest, once', () => {
    const packer = packerAt([1e6, 1e6, 1e6], HIGH)
    const drawn = [[...packer.watts]]
    for (const each of [pod({ gpus: 0, gpuMilli: 0 }), pod({}), pod({})]) {
      packer.place(each)
      drawn.push([...packer.watts])
    }
    expect(drawn).toEqual([
      [0, 0, 0],
      [0, 200, 200],
      [0, 500, 500],
      [0, 800, 800],
    ])
  })

  test.each([
    ['a supply', [450, 1e6, 1e6]],
    ['all together', [1e6, 1e6, 450]],
  ])('are not woken where %s has no room for that, though the task itself would fit', (_, limitWatts) => {
    const packer = packerAt(limitWatts, LOW)
    const full = pod({ mayCap: false })
    const bare = pod({ gpus: 0, gpuMilli: 0, cpuMilli: 1 })
    expect([full, full].map(packer.place)).toEqual([true, true])
    expect(packer.watts[0]).toBe(300)
    expect(packer.place({ ...full, models: ['low'] })).toBe(false)
    expect(packer.place({ ...bare, memoryMib: 98 })).toBe(true)
    expect(packer.watts[0]).toBe(300)
  })
})

const most = (watts: number, pods: readonly Pod[]): Promise<number> =>
  mostGpus({ nodes: NODES, pods, model: OFF, limitWatts: watts, asArrived: false })
const times = (count: number, each: Pod): Pod[] => Array.from({ length: count }, () => each)

test('the bound counts a woken node by its GPUs in use, whole ones and those of shares', async () => {
  // A capped GPU on a low node: 50 W of rest and 50 W of its own.
  expect(await most(1000, times(20, pod({})))).toBeCloseTo(10, 6)
  expect(await most(500, times(20, pod({})))).toBeCloseTo(5, 6)
  expect(await most(500, times(20, pod({ gpuMilli: 500 })))).toBeCloseTo(5, 6)
  // Of 600 thousandths one lies alone on a GPU: 50 W and 30 W.
  expect(await most(480, times(20, pod({ gpuMilli: 600 })))).toBeCloseTo(6 * 0.6, 6)
})

test('a packing by plan keeps to limits that count nodes only once they are on, and comes near the bound', async () => {
  const pods = [pod({ mayCap: false }), pod({}), pod({})]
  const limitWatts = 2400
  const plan = (await planPools({ nodes: NODES, pods, model: OFF, limitWatts }))!
  const supplies = { supplyOf: new Int32Array(NODES.length), limitWatts: Float64Array.of(limitWatts, limitWatts) }
  const cluster = emptyCluster(NODES)
  const how = plannedPacking({ cluster, pods, model: OFF, supplies, plan, thrift: 0 })
  const packer = powerPacking(cluster, { ...how, model: OFF, supplies, mayCap: true })
  const came = Array.from({ length: 30 }, (_, i) => pods[i % 3]!)
  let placed = 0
  for (const each of came) {
    if (packer.place(each)) placed += 1
    expect(packer.watts[1]).toBeLessThanOrEqual(limitWatts + 1e-6)
  }
  const bound = await mostGpus({ nodes: NODES, pods: came, model: OFF, limitWatts, asArrived: true })
  expect(placed).toBeLessThanOrEqual(Math.ceil(bound))
  expect(placed).toBeGreaterThanOrEqual(bound - 1.5)
})
