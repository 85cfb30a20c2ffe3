import { seededRandom, uniform } from '@dengta/statistics'
import { describe, expect, test } from 'vitest'
import {
  allocatedGpus,
  assign,
  emptyCluster,
  hasRoomFor,
  isShare,
  milliOf,
  type PackNode,
  type Pod,
} from './cluster.ts'
import { fragments, typicalPods } from './fragmentation.ts'
import { inflated } from './inflate.ts'
import { bestFitPacking, fragmentationGradient, spotFinder } from './packer.ts'
import type { PowerModel } from './power.ts'
import { powerPacking } from './power-aware.ts'

const pod = (change: Partial<Pod>): Pod => ({
  name: 'pod',
  cpuMilli: 1000,
  memoryMib: 10,
  gpus: 1,
  gpuMilli: 1000,
  models: [],
  mayCap: true,
  ...change,
})
const NODES: PackNode[] = [2, 4, 8].flatMap((gpus) =>
  ['A', 'B'].map((model) => ({ name: `${model}${gpus}`, model, cpuMilli: gpus * 4000, memoryMib: gpus * 100, gpus })),
)
const POWER: PowerModel = {
  idleWatts: { A: 10, B: 20 },
  fullWatts: { A: 110, B: 320 },
  cpuWatts: 2,
  caps: [
    { power: 1, speed: 1 },
    { power: 0.5, speed: 0.7 },
  ],
}

function randomPods(seed: number, count: number): Pod[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, (_, i) => {
    const gpus = [0, 1, 1, 1, 2, 4][random() % 6]!
    const gpuMilli = gpus === 1 && random() % 2 === 0 ? 100 * (1 + (random() % 9)) : 1000
    const models = random() % 5 === 0 ? ['A'] : []
    return pod({
      name: `p${i}`,
      gpus,
      gpuMilli,
      models,
      cpuMilli: 500 * (1 + (random() % 8)),
      mayCap: uniform(random) < 0.5,
    })
  })
}

describe('expected fragments', () => {
  const node = { model: 'A', cpuFree: 4000, gpuFree: Int32Array.of(1000, 400, 0) }
  const lost = (typical: Pod): number => fragments(node, [{ pod: typical, share: 1 }])

  test.each<[what: string, task: Pod, milli: number]>([
    ['nothing to a small share', pod({ gpuMilli: 300 }), 0],
    ['the fuller GPU to a large share', pod({ gpuMilli: 500 }), 400],
    ['the fuller GPU to a whole one', pod({}), 400],
    ['all to two whole GPUs', pod({ gpus: 2 }), 1400],
    ['all where the CPU is too small', pod({ gpuMilli: 300, cpuMilli: 5000 }), 1400],
    ['all to another model', pod({ gpuMilli: 300, models: ['B'] }), 1400],
    ['all to a task without GPUs', pod({ gpus: 0, gpuMilli: 0 }), 1400],
  ])('%s', (_what, task, milli) => {
    expect(lost(task)).toBe(milli)
  })

  test('are a mean over the workload', () => {
    const typical = typicalPods([pod({}), pod({}), pod({ gpus: 2 }), pod({ gpuMilli: 300 })])
    expect(typical.map(({ share }) => share).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12)
    expect(fragments(node, typical)).toBeCloseTo((2 * 400 + 1400 + 0) / 4, 9)
  })
})

describe.each([1, 2, 3])('a packing, seed %i', (seed) => {
  const pods = randomPods(seed, 60)

  test.each(['fgd', 'best fit'])('by %s never gives out what a node does not have, and adds up', (name) => {
    const cluster = emptyCluster(NODES)
    const find = spotFinder(
      cluster,
      name === 'fgd' ? fragmentationGradient(typicalPods(pods)) : bestFitPacking(cluster),
    )
    let milli = 0
    for (const each of pods) {
      const spot = find(each)
      const anywhere = NODES.some((_, n) => hasRoomFor(cluster, n, each))
      expect(spot !== undefined).toBe(anywhere)
      if (!spot) continue
      expect(hasRoomFor(cluster, spot.node, each)).toBe(true)
      expect(spot.gpu >= 0).toBe(isShare(each))
      assign(cluster, spot.node, each, spot.gpu)
      milli += milliOf(each)
    }
    expect(Math.min(...cluster.gpuFree, ...cluster.cpuFree, ...cluster.memoryFree)).toBeGreaterThanOrEqual(0)
    expect(allocatedGpus(cluster)).toBeCloseTo(milli / 1000, 9)
  })

  test('remembered scores are those that a fresh look finds', () => {
    const cluster = emptyCluster(NODES)
    const score = fragmentationGradient(typicalPods(pods))
    const find = spotFinder(cluster, score)
    for (const each of pods) {
      const spot = find(each)
      expect(spot).toEqual(spotFinder(cluster, score)(each))
      if (spot) assign(cluster, spot.node, each, spot.gpu)
    }
  })

  test('under power limits holds them after every pod, and capping admits at least as much as refusing', () => {
    const supplies = { supplyOf: Int32Array.of(0, 0, 0, 1, 1, 1), limitWatts: Float64Array.of(1200, 2200, 3000) }
    const given = [true, false].map((mayCap) => {
      const cluster = emptyCluster(NODES)
      const score = fragmentationGradient(typicalPods(pods))
      const packer = powerPacking(cluster, { score, model: POWER, supplies, mayCap })
      for (const each of pods) {
        packer.place(each)
        for (const [row, watts] of packer.watts.entries())
          expect(watts).toBeLessThanOrEqual(supplies.limitWatts[row]! + 1e-3)
        expect(packer.watts[2]).toBeCloseTo(packer.watts[0]! + packer.watts[1]!, 6)
      }
      expect(packer.speed()).toBeLessThanOrEqual(1)
      if (!mayCap) expect(packer.speed()).toBe(1)
      return allocatedGpus(cluster)
    })
    expect(given[0]).toBeGreaterThanOrEqual(given[1]!)
  })
})

test('a workload is inflated by tasks of the trace until it asks for enough, each once before any twice', () => {
  const pods = randomPods(9, 40)
  const asked = pods.reduce((sum, each) => sum + milliOf(each), 0) / 1000
  const workload = inflated(pods, asked * 1.5, seededRandom(1))
  expect(new Set(workload.slice(0, 40)).size).toBe(40)
  expect(workload.slice(0, -1).reduce((sum, each) => sum + milliOf(each), 0)).toBeLessThan(asked * 1500)
  expect(workload.reduce((sum, each) => sum + milliOf(each), 0)).toBeGreaterThanOrEqual(asked * 1500)
  expect(inflated(pods, asked * 1.5, seededRandom(1))).toEqual(workload)
})

test('tasks that differ only in whether they may be capped are scored apart', () => {
  const cluster = emptyCluster(NODES)
  const find = spotFinder(cluster, (_cluster, n, each) => ({ gpu: -1, score: each.mayCap ? n : -n }))
  expect(find(pod({ mayCap: true }))?.node).toBe(0)
  expect(find(pod({ mayCap: false }))?.node).toBe(NODES.length - 1)
})
