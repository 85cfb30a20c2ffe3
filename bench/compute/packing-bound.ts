import {
  addedWatts,
  emptyCluster,
  hasRoomFor,
  milliOf,
  type PackNode,
  type Pod,
  type PowerModel,
  restWatts,
  type Supplies,
} from '@dengta/compute'
import { bestValue } from './solve-program.ts'

/** Like nodes of one supply, as one pool. */
interface Pool {
  readonly first: number
  readonly node: PackNode
  readonly supply: number
  count: number
}

interface Kind {
  readonly pod: Pod
  count: number
}

export interface BoundCase {
  readonly nodes: readonly PackNode[]
  readonly workload: readonly Pod[]
  readonly model: PowerModel
  readonly supplies: Supplies
  /** What is placed must ask for as much, GPU by GPU, as what arrives: see `BURDENS`. */
  readonly asArrived: boolean
}

/** What a packing could save power on by picking its tasks: GPUs at full power, cores beside GPUs, cores without any. */
const BURDENS: readonly ((pod: Pod) => number)[] = [
  (pod) => (pod.mayCap ? 0 : gpuOf(pod)),
  (pod) => (pod.gpus > 0 ? pod.cpuMilli / 1000 : 0),
  (pod) => (pod.gpus > 0 ? 0 : pod.cpuMilli / 1000),
]

/**
 * No packing of these tasks within the limits gives out more GPUs, even one that knows all tasks beforehand, leaves out which it
 * likes and splits tasks over like nodes: a linear program with tasks that may be capped at their lowest power, all others at full.
 */
export function mostGpus({ nodes, workload, model, supplies, asArrived }: BoundCase): Promise<number> {
  const pools = poolsOf(nodes, supplies)
  const kinds = kindsOf(workload)
  const cluster = emptyCluster(nodes)
  const columns = pools.flatMap((pool, p) =>
    kinds.flatMap((kind, k) => (hasRoomFor(cluster, pool.first, kind.pod) ? [{ p, pool, k, kind }] : [])),
  )
  const burdens = asArrived ? BURDENS.map((burden) => ({ burden, mean: meanOf(workload, burden) })) : []
  const poolRow = kinds.length
  const supplyRow = poolRow + 3 * pools.length
  const all = supplies.limitWatts.length - 1
  return bestValue({
    worth: columns.map(({ kind }) => gpuOf(kind.pod)),
    upper: columns.map(({ kind }) => kind.count),
    entries: columns.map(({ p, pool, k, kind: { pod } }) => {
      const watts = addedWatts(model, pool.node, pod, pod.mayCap ? model.caps.length - 1 : 0)
      const row = poolRow + 3 * p
      const entries: [number, number][] = [
        [k, 1],
        [row, gpuOf(pod)],
        [row + 1, pod.cpuMilli / 1000],
        [row + 2, pod.memoryMib / 1024],
        [supplyRow + pool.supply, watts / 1000],
        [supplyRow + all, watts / 1000],
        ...burdens.map(({ burden, mean }, i): [number, number] => [
          supplyRow + all + 1 + i,
          mean * gpuOf(pod) - burden(pod),
        ]),
      ]
      return entries.filter(([, value]) => value !== 0)
    }),
    limits: [
      ...kinds.map(({ count }) => count),
      ...pools.flatMap(({ node, count }) => [
        node.gpus * count,
        (node.cpuMilli / 1000) * count,
        (node.memoryMib / 1024) * count,
      ]),
      ...Array.from(aboveRest(nodes, model, supplies), (watts) => watts / 1000),
      ...burdens.map(() => 0),
    ],
    whole: false,
  })
}

const gpuOf = (pod: Pod): number => milliOf(pod) / 1000

/** How much of a burden comes with each GPU that is asked for. */
function meanOf(workload: readonly Pod[], burden: (pod: Pod) => number): number {
  let [sum, gpus] = [0, 0]
  for (const pod of workload) {
    sum += burden(pod)
    gpus += gpuOf(pod)
  }
  return sum / gpus
}

/** Watts of each supply that are left for tasks. */
function aboveRest(nodes: readonly PackNode[], model: PowerModel, { supplyOf, limitWatts }: Supplies): Float64Array {
  const left = limitWatts.slice()
  for (const [n, node] of nodes.entries())
    for (const row of [supplyOf[n]!, left.length - 1]) left[row]! -= restWatts(model, node)
  return left
}

function poolsOf(nodes: readonly PackNode[], { supplyOf }: Supplies): Pool[] {
  const pools = new Map<string, Pool>()
  for (const [n, node] of nodes.entries()) {
    const key = `${supplyOf[n]} ${node.model} ${node.gpus} ${node.cpuMilli} ${node.memoryMib}`
    const pool = pools.get(key) ?? { first: n, node, supply: supplyOf[n]!, count: 0 }
    pool.count += 1
    pools.set(key, pool)
  }
  return [...pools.values()]
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
