import { milliOf, type PackNode, type Pod, podKind } from './cluster.ts'
import type { Typical } from './fragmentation.ts'
import { askedGpus, type PoolProgram, poolProgram } from './pool-program.ts'
import type { Pool } from './pools.ts'
import { lowestWatts, type PowerModel } from './power.ts'
import { shareWaste } from './share-waste.ts'
import { solveLinear } from './solve-linear.ts'

/** Which kinds of tasks belong in which pool of like nodes while power is scarce. */
export interface PoolPlan {
  readonly pools: readonly Pool[]
  /** Pool by node. */
  readonly poolOf: Int32Array
  /** Parts of the tasks like this one by pool, adding up to 1; undefined for a task that nobody expected. */
  readonly parts: (pod: Pod) => Float64Array | undefined
  /** Watts that a task like this one draws in a pool, and those that others draw elsewhere for what it takes. */
  readonly cost: (pod: Pod, p: number) => number
  /** Tasks that a pool will see, as shares of all; empty where none are meant for it. */
  readonly typical: readonly (readonly Typical[])[]
  /** Part of a GPU that a share wastes where so many thousandths of one are free, by pool. */
  readonly waste: readonly ((free: number, share: number) => number)[]
  /** Watts that tasks in a pool draw for each GPU given out there, those of their cores with them. */
  readonly wattsAGpu: Float64Array
  /** Watts that would give out one GPU more in the mix of all tasks, the power of tasks without GPUs with them. */
  readonly wattsWorth: number
  /** Watts that tasks may draw altogether. */
  readonly budget: number
}

export interface PoolPlanCase {
  readonly nodes: readonly PackNode[]
  /** Tasks as they are expected. */
  readonly pods: readonly Pod[]
  readonly model: PowerModel
  /** All nodes together. */
  readonly limitWatts: number
}

/** A packing uses this share of the cores at most: they spread unevenly. */
const COUNTED = { cores: 0.85, coreWorth: 0.01 }
/** GPUs that a kilowatt more would have to feed. */
const SCARCE = 1e-6

/** Undefined where power is not what ends the workload: then there is nothing to plan for. */
export async function planPools(given: PoolPlanCase): Promise<PoolPlan | undefined> {
  if (askedGpus(given.pods) === 0) return undefined
  const program = poolProgram({ ...given, asArrived: true, counted: COUNTED })
  const { columns, prices } = await solveLinear(program)
  if (prices[program.powerRow]! < SCARCE) return undefined
  const watt = prices[program.powerRow]! / 1000
  const { pools, kinds } = program
  const tasks = tasksOf(program, columns)
  const kindOf = new Map(kinds.map(({ pod }, k) => [podKind(pod), k]))
  const poolOf = new Int32Array(given.nodes.length)
  for (const [p, { members }] of pools.entries()) for (const n of members) poolOf[n] = p
  return {
    pools,
    poolOf,
    parts: (pod) => {
      const own = tasks[kindOf.get(podKind(pod)) ?? -1]
      const all = own?.reduce((sum, count) => sum + count, 0) ?? 0
      return all > 0 ? own!.map((count) => count / all) : undefined
    },
    cost: (pod, p) => {
      const k = kindOf.get(podKind(pod))
      if (k === undefined) return lowestWatts(given.model, pools[p]!.node, pod)
      return program.taken(k, p).reduce((sum, [row, value]) => sum + (value * prices[row]!) / watt, 0)
    },
    typical: pools.map((_, p) => typicalOf(program, tasks, p)),
    waste: pools.map((_, p) =>
      shareWaste(program.shareRows(p).map(({ size, row }) => ({ size, worth: prices[row]! }))),
    ),
    wattsAGpu: Float64Array.from(pools, (_, p) => meanWatts(given.model, program, { tasks, p })),
    wattsWorth: 1 / watt,
    budget: program.limits[program.powerRow]! * 1000,
  }
}

/** Tasks by kind and pool. */
type Tasks = readonly Float64Array[]

function tasksOf({ kinds, pools, places }: PoolProgram, columns: Float64Array): Tasks {
  const tasks = kinds.map(() => new Float64Array(pools.length))
  for (const [column, { k, p }] of places.entries()) tasks[k]![p] = Math.max(0, columns[column]!)
  return tasks
}

function typicalOf({ kinds }: PoolProgram, tasks: Tasks, p: number): Typical[] {
  const all = tasks.reduce((sum, own) => sum + own[p]!, 0)
  return kinds.map(({ pod }, k) => ({ pod, share: tasks[k]![p]! / all })).filter(({ share }) => share > 0)
}

function meanWatts(
  model: PowerModel,
  { kinds, pools }: PoolProgram,
  { tasks, p }: { tasks: Tasks; p: number },
): number {
  let [watts, gpus] = [0, 0]
  for (const [k, { pod }] of kinds.entries()) {
    watts += tasks[k]![p]! * lowestWatts(model, pools[p]!.node, pod)
    gpus += (tasks[k]![p]! * milliOf(pod)) / 1000
  }
  return gpus > 0 ? watts / gpus : 0
}
