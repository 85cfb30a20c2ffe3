import { describe, expect, test } from 'vitest'
import { allocatedGpus, emptyCluster, type Pod } from './cluster.ts'
import { powerPacking } from './power-aware.ts'
import { powerSteering } from './power-steering.ts'
import { MODEL, NODES, pod, REST } from './two-models.fixture.ts'

const [LOW, HIGH] = [0, 5]
const PODS = [pod({ mayCap: true }), pod({ mayCap: false })]
const steeringAt = (watts: number, pods = PODS) =>
  powerSteering({ nodes: NODES, pods, model: MODEL, limitWatts: REST + watts })

describe('powerSteering', () => {
  test('steers nothing where tasks may lie anywhere, or where no task needs a GPU', () => {
    // Mixed evenly, twenty GPUs draw 4,000 W x 0.75; packings reach 96 % of them.
    expect(steeringAt(0.96 * 3000)).toBeUndefined()
    expect(steeringAt(0.96 * 3000 - 1)).toBeDefined()
    expect(steeringAt(0, [])).toBeUndefined()
    expect(steeringAt(0, [pod({ gpus: 0, gpuMilli: 0 })])).toBeUndefined()
  })

  test('counts the power of CPUs, those of tasks without GPUs too', () => {
    const pods = [...PODS, pod({ gpus: 0, gpuMilli: 0, cpuMilli: 20_000 })]
    // Eleven cores a GPU: 2,200 W of CPU on top of 3,000 W.
    const at = (watts: number) =>
      powerSteering({ nodes: NODES, pods, model: { ...MODEL, cpuWatts: 10 }, limitWatts: REST + watts })
    expect(at(0.96 * 5200)).toBeUndefined()
    expect(at(0.96 * 5200 - 1)).toBeDefined()
  })

  test('leads tasks that may not be capped to low GPUs, and leaves those to them', () => {
    const steering = steeringAt(2400)!
    const [full, capped] = [false, true].map((mayCap) => steering.worse(pod({ mayCap })))
    expect(full!(HIGH)).toBeGreaterThan(full!(LOW))
    expect(capped!(HIGH)).toBeLessThanOrEqual(capped!(LOW))
  })

  test('leaves to high GPUs the shares beside which a slot stays empty', () => {
    const wasteful = pod({ gpuMilli: 600 })
    const { worse } = steeringAt(1900, [...PODS, wasteful])!
    const saved = (each: Pod): number => worse(each)(HIGH) - worse(each)(LOW)
    expect(saved(wasteful)).toBeLessThan(saved(pod({})))
  })

  test('leads tasks with many cores to nodes with plenty, and others away from them', () => {
    const rich = NODES.map((node, n) => (n === LOW ? { ...node, cpuMilli: 64_000 } : node))
    const pods = [...PODS, pod({ cpuMilli: 20_000 })]
    const { worse } = powerSteering({ nodes: rich, pods, model: MODEL, limitWatts: REST + 2000 })!
    const atRich = (each: Pod): number => worse(each)(LOW) - worse(each)(LOW + 1)
    expect(atRich(pod({ cpuMilli: 20_000 }))).toBeLessThan(0)
    expect(atRich(pod({ gpus: 0, gpuMilli: 0, cpuMilli: 20_000 }))).toBeLessThan(0)
    expect(atRich(pod({ cpuMilli: 1000 }))).toBeGreaterThan(0)
  })

  test('lowers the price of low GPUs once the power left cannot fill them', () => {
    const steering = steeringAt(2400)!
    const capped = pod({})
    const before = steering.worse(capped)(LOW) - steering.worse(capped)(HIGH)
    for (let i = 0; i < 50; i += 1) steering.placed(pod({ gpus: 0, gpuMilli: 0 }), LOW, 300)
    expect(steering.worse(capped)(LOW) - steering.worse(capped)(HIGH)).toBeLessThan(before)
  })

  test('feeds more GPUs under a tight limit than the same packing without it', () => {
    const supplies = { supplyOf: new Int32Array(NODES.length), limitWatts: Float64Array.of(REST + 2300, REST + 2300) }
    const given = [undefined, steeringAt(2300)].map((steering) => {
      const cluster = emptyCluster(NODES)
      const packer = powerPacking(cluster, {
        score: (_cluster, n) => ({ gpu: -1, score: -n / 100 }),
        model: MODEL,
        supplies,
        mayCap: true,
        steering,
      })
      for (let i = 0; i < 20; i += 1) {
        packer.place(PODS[i % 2]!)
        expect(packer.watts[1]).toBeLessThanOrEqual(REST + 2300 + 1e-6)
      }
      return allocatedGpus(cluster)
    })
    // By the score alone five of each on high GPUs, then one capped on a low one; steered, nine of each where they belong, and that one.
    expect(given).toEqual([11, 19])
  })
})
