import { emptyCluster, hasRoomFor, isShare, milliOf, type PackNode, type Pod } from './cluster.ts'
import { fullPatterns } from './gpu-patterns.ts'
import { type Kind, kindsOf, type Pool, poolsOf } from './pools.ts'
import { emptyWatts, lowestWatts, type PowerModel, wakeWatts } from './power.ts'
import type { LinearProgram } from './solve-linear.ts'

export interface PoolCase {
  readonly nodes: readonly PackNode[]
  readonly pods: readonly Pod[]
  readonly model: PowerModel
  /** All nodes together. */
  readonly limitWatts: number
  /** Kinds of tasks are placed in the shares in which they stand in `pods`, without end; else each task is taken or left at will. */
  readonly asArrived: boolean
  /** Share of all cores that is counted on, and GPUs that a core is worth where all are used; 1 and 0 for a bound. */
  readonly counted: { readonly cores: number; readonly coreWorth: number }
}

/** Which column and row means what. Columns: `places`, then patterns pool by pool, then GPUs in the mix of all tasks. */
export interface PoolProgram extends LinearProgram {
  readonly pools: readonly Pool[]
  readonly kinds: readonly Kind[]
  /** A task of kind `k` in pool `p`. */
  readonly places: readonly { readonly k: number; readonly p: number }[]
  /** What a task of kind `k` takes in pool `p`, power (kW) last. */
  readonly taken: (k: number, p: number) => Entry[]
  /** Sizes of shares, in thousandths, and the row of their places in pool `p`. */
  readonly shareRows: (p: number) => { readonly size: number; readonly row: number }[]
  readonly powerRow: number
}

type Entry = readonly [row: number, value: number]

/** A pool's rows: cores, GiB, GPUs, then places for each size of share. */
const CORES = 0
const MEMORY = 1
const GPUS = 2
const SIZES = 3

/**
 * The most GPUs that the nodes can give out within the limit, as a linear program: tasks are split over like nodes at will, shares lie
 * in whole patterns of a GPU, tasks that may be capped draw least, nodes that are woken count by their GPUs in use. No packing gives
 * out more, even one that knows all tasks beforehand.
 */
export function poolProgram(given: PoolCase): PoolProgram {
  const layout = layoutOf(given)
  const { pools, kinds, sizes, places, taken, powerRow, rowOf, patterns } = layout
  const { pods, asArrived, counted } = given
  const asked = askedGpus(pods)
  const fillings = pools.flatMap((_, p) => patterns.map((pattern) => fillingOf(layout, pattern, p)))
  const unlimited = [...places, ...fillings].map(() => Number.POSITIVE_INFINITY)
  const worth = (k: number, p: number): number => {
    const { node } = pools[p]!
    const { pod } = kinds[k]!
    return (asArrived ? 0 : gpusOf(pod)) - (counted.coreWorth * pod.cpuMilli * node.gpus) / node.cpuMilli
  }
  return {
    pools,
    kinds,
    places,
    taken,
    shareRows: (p) => sizes.map((size, i) => ({ size, row: rowOf(p) + SIZES + i })),
    powerRow,
    worth: [...places.map(({ k, p }) => worth(k, p)), ...fillings.map(() => 0), 1],
    upper: [...unlimited, asArrived ? Number.POSITIVE_INFINITY : 0],
    entries: [
      ...places.map(({ k, p }): Entry[] => [[k, asArrived ? -1 : 1], ...taken(k, p)]),
      ...fillings,
      kinds.map(({ count }, k): Entry => [k, count / asked]),
    ],
    limits: limitsOf(given, layout),
  }
}

type Layout = ReturnType<typeof layoutOf>

function layoutOf({ nodes, pods, model }: PoolCase) {
  const pools = poolsOf(nodes)
  const kinds = kindsOf(pods)
  const sizes = [...new Set(pods.filter(isShare).map(({ gpuMilli }) => gpuMilli))].sort((a, b) => b - a)
  const rowOf = (p: number): number => kinds.length + (SIZES + sizes.length) * p
  const powerRow = rowOf(pools.length)
  const empty = emptyCluster(pools.map(({ node }) => node))
  const places = pools.flatMap((_, p) => kinds.flatMap(({ pod }, k) => (hasRoomFor(empty, p, pod) ? [{ k, p }] : [])))
  const wakingAGpu = (p: number): number => wakeWatts(model, { ...pools[p]!.node, gpus: 1 })
  const taken = (k: number, p: number): Entry[] => {
    const { pod } = kinds[k]!
    const row = rowOf(p)
    const gpu: Entry = isShare(pod) ? [row + SIZES + sizes.indexOf(pod.gpuMilli), 1] : [row + GPUS, pod.gpus]
    const watts = lowestWatts(model, pools[p]!.node, pod) + (isShare(pod) ? 0 : pod.gpus * wakingAGpu(p))
    const all: Entry[] = [
      [row + CORES, pod.cpuMilli / 1000],
      [row + MEMORY, pod.memoryMib / 1024],
      gpu,
      [powerRow, watts / 1000],
    ]
    return all.filter(([, value]) => value > 0)
  }
  return { pools, kinds, sizes, patterns: fullPatterns(sizes), rowOf, powerRow, places, taken, wakingAGpu }
}

/** One GPU, and the places for shares that it then has. */
function fillingOf({ rowOf, powerRow, wakingAGpu }: Layout, pattern: readonly number[], p: number): Entry[] {
  const row = rowOf(p)
  const places = pattern.map((count, size): Entry => [row + SIZES + size, -count])
  const all: Entry[] = [[row + GPUS, 1], ...places, [powerRow, wakingAGpu(p) / 1000]]
  return all.filter(([, value]) => value !== 0)
}

function limitsOf(
  { nodes, model, limitWatts, asArrived, counted }: PoolCase,
  { pools, kinds, sizes }: Layout,
): number[] {
  const rest = nodes.reduce((sum, node) => sum + emptyWatts(model, node), 0)
  return [
    ...kinds.map(({ count }) => (asArrived ? 0 : count)),
    ...pools.flatMap(({ node, members }) => [
      (counted.cores * members.length * node.cpuMilli) / 1000,
      (members.length * node.memoryMib) / 1024,
      members.length * node.gpus,
      ...sizes.map(() => 0),
    ]),
    Math.max(0, limitWatts - rest) / 1000,
  ]
}

export const askedGpus = (pods: readonly Pod[]): number => pods.reduce((sum, pod) => sum + gpusOf(pod), 0)

const gpusOf = (pod: Pod): number => milliOf(pod) / 1000
