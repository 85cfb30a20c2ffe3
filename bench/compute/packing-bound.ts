import {
  addedWatts,
  emptyCluster,
  hasRoomFor,
  isShare,
  milliOf,
  type PackNode,
  type Pod,
  type PowerModel,
  restWatts,
} from '@dengta/compute'
import { bestValue } from './solve-program.ts'

export interface BoundCase {
  readonly nodes: readonly PackNode[]
  readonly workload: readonly Pod[]
  readonly model: PowerModel
  /** All nodes together. */
  readonly limitWatts: number
  /** Every kind of task is placed in the share in which it arrives; else each is taken or left at will. */
  readonly asArrived: boolean
}

type Entry = [row: number, value: number]

/**
 * No packing of these tasks within the limit gives out more GPUs, even one that knows all tasks beforehand: a linear program with
 * tasks that may be capped at their lowest power, all others at full, split over like nodes at will.
 */
export function mostGpus({ nodes, workload, model, limitWatts, asArrived }: BoundCase): Promise<number> {
  const pools = poolsOf(nodes)
  const kinds = kindsOf(workload)
  const measures = slotMeasures(workload)
  const cluster = emptyCluster(nodes)
  const rowsAPool = 2 + measures.length
  const powerRow = kinds.length + rowsAPool * pools.length
  const places = pools.flatMap((pool, p) =>
    kinds.flatMap((kind, k) => (hasRoomFor(cluster, pool.first, kind.pod) ? [{ p, pool, k, kind }] : [])),
  )
  const asked = workload.reduce((sum, pod) => sum + gpuOf(pod), 0)
  // The last column: GPUs given out in the mix of the workload. No kind may then fall short of its part.
  const mix = kinds.map(({ count }, k): Entry => [k, count / asked])
  return bestValue({
    worth: [...places.map(({ kind }) => (asArrived ? 0 : gpuOf(kind.pod))), 1],
    upper: [...places.map(({ kind }) => kind.count), asArrived ? asked : 0],
    entries: [
      ...places.map(({ p, pool, k, kind: { pod } }): Entry[] => {
        const row = kinds.length + rowsAPool * p
        const watts = addedWatts(model, pool.node, pod, pod.mayCap ? model.caps.length - 1 : 0)
        const entries: Entry[] = [
          [k, asArrived ? -1 : 1],
          [row, pod.cpuMilli / 1000],
          [row + 1, pod.memoryMib / 1024],
          ...measures.map((slotsOf, i): Entry => [row + 2 + i, slotsOf(pod)]),
          [powerRow, watts / 1000],
        ]
        return entries.filter(([, value]) => value !== 0)
      }),
      mix,
    ],
    limits: [
      ...kinds.map(({ count }) => (asArrived ? 0 : count)),
      ...pools.flatMap(({ node, count }) => [
        (node.cpuMilli / 1000) * count,
        (node.memoryMib / 1024) * count,
        ...measures.map(() => node.gpus * count),
      ]),
      (limitWatts - nodes.reduce((sum, node) => sum + restWatts(model, node), 0)) / 1000,
    ],
    whole: false,
  })
}

const gpuOf = (pod: Pod): number => milliOf(pod) / 1000

/** Thousandths of a GPU that a share counts as. */
type Measure = (share: number) => number

const PARTS = [1, 2, 3, 4, 5, 6, 7, 8, 9]

/**
 * Slots that a task takes, by measures under each of which the tasks on one GPU add up to 1 at most: the dual feasible functions of
 * Fekete and Schepers (2001) and one after the other, so that no share is split over GPUs that are too full for it.
 */
function slotMeasures(workload: readonly Pod[]): ((pod: Pod) => number)[] {
  const shares = [...new Set(workload.filter(isShare).map(({ gpuMilli }) => gpuMilli))]
  const apart = shares.filter((share) => share <= 500).map(leastCounted)
  const measures = [(share: number) => share, ...apart, ...PARTS.map(inParts)]
  for (const least of apart) for (const parts of PARTS) measures.push((share) => inParts(parts)(least(share)))
  const different = new Map(measures.map((measure) => [shares.map(measure).join(' '), measure]))
  return [...different.values()].map((measure) => (pod) => (isShare(pod) ? measure(pod.gpuMilli) / 1000 : pod.gpus))
}

/** Shares under `least`, half a GPU at most, count nothing; those beside which only such fit count whole. */
function leastCounted(least: number): Measure {
  return (share) => (share > 1000 - least ? 1000 : share < least ? 0 : share)
}

/** Shares count in whole parts of a GPU: as many as are begun if it is cut into one part more. */
function inParts(parts: number): Measure {
  return (share) => {
    const times = (parts + 1) * share
    return times % 1000 === 0 ? share : (1000 * Math.floor(times / 1000)) / parts
  }
}

/** Like nodes, as one pool. */
interface Pool {
  readonly first: number
  readonly node: PackNode
  count: number
}

function poolsOf(nodes: readonly PackNode[]): Pool[] {
  const pools = new Map<string, Pool>()
  for (const [n, node] of nodes.entries()) {
    const key = `${node.model} ${node.gpus} ${node.cpuMilli} ${node.memoryMib}`
    const pool = pools.get(key) ?? { first: n, node, count: 0 }
    pool.count += 1
    pools.set(key, pool)
  }
  return [...pools.values()]
}

interface Kind {
  readonly pod: Pod
  count: number
}

/** Tasks that ask for the same. */
function kindsOf(workload: readonly Pod[]): Kind[] {
  const kinds = new Map<string, Kind>()
  for (const pod of workload) {
    const key = `${pod.cpuMilli} ${pod.memoryMib} ${pod.gpus} ${pod.gpuMilli} ${pod.models.join('|')} ${pod.mayCap}`
    const kind = kinds.get(key) ?? { pod, count: 0 }
    kind.count += 1
    kinds.set(key, kind)
  }
  return [...kinds.values()]
}
