import { describe, expect, test } from 'vitest'
import { emptyCluster, type PackNode, type Pod } from './cluster.ts'
import type { PowerModel } from './power.ts'
import { powerZones, steered } from './power-zones.ts'

/** Ten GPUs that add 100 W each in use, ten that add 300 W; nothing is drawn at rest. */
const NODES: PackNode[] = ['low', 'high'].flatMap((model) =>
  Array.from({ length: 5 }, (_, i) => ({ name: `${model}${i}`, model, cpuMilli: 8000, memoryMib: 100, gpus: 2 })),
)
const MODEL: PowerModel = {
  idleWatts: { low: 50, high: 100 },
  fullWatts: { low: 150, high: 400 },
  cpuWatts: 0,
  caps: [
    { power: 1, speed: 1 },
    { power: 0.5, speed: 0.7 },
  ],
}
const REST = 10 * 50 + 10 * 100
const pod = (mayCap: boolean, gpus = 1): Pod => ({
  name: 'pod',
  cpuMilli: 1000,
  memoryMib: 1,
  gpus,
  gpuMilli: 1000,
  models: [],
  mayCap,
})
const PODS = [pod(true), pod(false)]
const zonesAt = (watts: number) => powerZones({ nodes: NODES, pods: PODS, model: MODEL, limitWatts: REST + watts })

describe('powerZones', () => {
  test('steers nothing where tasks may lie anywhere', () => {
    // Mixed evenly, twenty GPUs draw 4,000 W x 0.75; packings reach 96 % of them.
    expect(zonesAt(0.96 * 3000)).toBeUndefined()
    expect(zonesAt(0.96 * 3000 - 1)).toBeDefined()
  })

  test('puts full power on low GPUs and caps on high ones where that feeds all', () => {
    // 10 x 100 W at full, 10 x 300 W at half.
    expect(zonesAt(2500)).toEqual({ full: 100, capped: 300 })
  })

  test('keeps the highest GPUs in reserve where most of them cannot be fed', () => {
    expect(zonesAt(1200)).toEqual({ full: 100, capped: 100 })
  })

  test('counts the power of CPUs, those of tasks without GPUs too', () => {
    const withCpu = { ...MODEL, cpuWatts: 10 }
    const pods = [...PODS, { ...pod(true), gpus: 0, cpuMilli: 20_000 }]
    // Eleven cores a GPU: 2,200 W of CPU on top of 3,000 W.
    const at = (watts: number) => powerZones({ nodes: NODES, pods, model: withCpu, limitWatts: REST + watts })
    expect(at(0.96 * 5200)).toBeUndefined()
    expect(at(0.96 * 5200 - 1)).toBeDefined()
  })

  test('holds for a limit below rest, and without tasks', () => {
    expect(zonesAt(-1)).toEqual({ full: 100, capped: 0 })
    expect(powerZones({ nodes: NODES, pods: [], model: MODEL, limitWatts: REST - 1 })).toEqual({ full: 100, capped: 0 })
  })
})

describe('a steered score', () => {
  const cluster = emptyCluster(NODES)
  const worse = (each: Pod, zones: { full: number; capped: number } | undefined): number[] => {
    const score = steered(() => ({ gpu: 3, score: 7 }), MODEL, zones)
    return [0, 5].map((n) => {
      const found = score(cluster, n, each)
      expect(found.gpu).toBe(3)
      return found.score - 7
    })
  }

  test('is worse by each watt outside the zone, and only there', () => {
    const zones = { full: 100, capped: 300 }
    const [low, high] = worse(pod(false), zones)
    expect([low, high! > 0]).toEqual([0, true])
    expect(worse(pod(true), zones)).toEqual([0, 0])
    expect(worse(pod(true), { full: 100, capped: 100 })).toEqual([0, high])
    expect(worse(pod(true), { full: 300, capped: 300 })).toEqual([high, 0])
  })

  test('is the same for tasks without GPUs, and without zones', () => {
    expect(worse(pod(false, 0), { full: 100, capped: 100 })).toEqual([0, 0])
    expect(worse(pod(false), undefined)).toEqual([0, 0])
  })
})
