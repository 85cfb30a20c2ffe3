import { type Cluster, milliOf, type Pod, podKind, WIDEST } from './cluster.ts'
import { typicalPods } from './fragmentation.ts'
import { fragmentationGradient, type Score } from './packer.ts'
import type { PoolPlan, PoolPlanCase } from './pool-plan.ts'
import { lowestWatts, restWatts } from './power.ts'
import type { Supplies } from './power-aware.ts'
import type { Steering } from './power-steering.ts'

export interface PlannedCase extends Pick<PoolPlanCase, 'pods' | 'model'> {
  readonly cluster: Cluster
  readonly supplies: Supplies
  readonly plan: PoolPlan
  /**
   * The last part of the power (a share of it) that goes only to tasks which draw no more for each GPU than a GPU is worth in the plan:
   * none without GPUs, none at full power on dear boards. 0 refuses nobody; more stays unused if such tasks never come.
   */
  readonly thrift: number
}

/** Points between two pools: more than any two nodes of one pool differ by. */
const POOL = 1000
/** Points for a GPU wasted: more than fragments weigh (100 gives out 0.04 % less, 500 the same). */
const WASTED = 200
/** Tasks placed between two looks at the supplies. */
const STRIDE = 50
/** A supply whose free GPUs want more than this many times its power over is worth no more points. */
const MOST = 5

/**
 * Holds a packing to a plan of pools: each task goes to the pool that is most behind with its kind, there to the node where fragments
 * grow least for the tasks of that pool, and hungry tasks stay away from supplies with less power than their free GPUs will want.
 */
export function plannedPacking(given: PlannedCase): { readonly score: Score; readonly steering: Steering } {
  const { cluster, pods, model, plan, thrift } = given
  const { pools, poolOf, typical } = plan
  const gradients = typical.map((own, p) =>
    fragmentationGradient(
      own.length > 0 ? own : typicalPods(pods),
      (free, share) => WASTED * plan.waste[p]!(free, share),
    ),
  )
  const prices = supplyPrices(given)
  let left = plan.budget
  const routes = new Map<string, ReturnType<typeof routeOf>>()
  const routeFor = (pod: Pod) => {
    const route = routes.get(podKind(pod)) ?? routeOf(plan, pod)
    routes.set(podKind(pod), route)
    return route
  }
  return {
    score: (state, n, pod) => gradients[poolOf[n]!]!(state, n, pod),
    steering: {
      worse: (pod) => {
        const rank = routeFor(pod).ranks()
        const watts = pools.map(({ node }) => lowestWatts(model, node, pod))
        const most = left < thrift * plan.budget ? (plan.wattsWorth * milliOf(pod)) / 1000 : Number.POSITIVE_INFINITY
        const points = watts.map((own, p) => (own > most ? Number.POSITIVE_INFINITY : POOL * rank[p]!))
        return (n) => points[poolOf[n]!]! + prices.at(n) * watts[poolOf[n]!]!
      },
      placed: (pod, n, wattsLeft) => {
        left = wattsLeft
        routeFor(pod).took(poolOf[n]!)
        prices.drew(n, lowestWatts(model, cluster.nodes[n]!, pod))
      },
    },
  }
}

/** The pools for one kind of task: those of the plan by how far behind they are, then the others by what the task would cost there. */
function routeOf({ pools, parts, cost }: PoolPlan, pod: Pod) {
  const part = parts(pod) ?? new Float64Array(pools.length)
  const costs = pools.map((_, p) => cost(pod, p))
  const had = new Float64Array(pools.length)
  let all = 0
  return {
    ranks: (): Int32Array => {
      const behind = (p: number): number => part[p]! * (all + 1) - had[p]!
      const order = [...pools.keys()].sort((a, b) => {
        if (part[a]! > 0 && part[b]! > 0) return behind(b) - behind(a) || a - b
        return Number(part[b]! > 0) - Number(part[a]! > 0) || costs[a]! - costs[b]!
      })
      const ranks = new Int32Array(pools.length)
      for (const [rank, p] of order.entries()) ranks[p] = rank
      return ranks
    },
    took: (p: number): void => {
      had[p]! += 1
      all += 1
    },
  }
}

/** Points for each watt on a node: how far the power that the free GPUs of its supply will want exceeds what it has left. */
function supplyPrices({ cluster: { nodes, gpuFree }, model, supplies: { supplyOf, limitWatts }, plan }: PlannedCase) {
  const left = limitWatts.slice(0, -1)
  for (const [n, node] of nodes.entries()) left[supplyOf[n]!]! -= restWatts(model, node)
  const prices = new Float64Array(left.length)
  const look = (): void => {
    const wanted = new Float64Array(left.length)
    for (const n of nodes.keys()) {
      let free = 0
      for (let g = n * WIDEST; g < (n + 1) * WIDEST; g += 1) free += gpuFree[g]!
      wanted[supplyOf[n]!]! += (free / 1000) * plan.wattsAGpu[plan.poolOf[n]!]!
    }
    for (const row of prices.keys())
      prices[row] = Math.min(MOST, Math.max(0, wanted[row]! / Math.max(1, left[row]!) - 1))
  }
  let placed = 0
  look()
  return {
    at: (n: number): number => prices[supplyOf[n]!]!,
    drew: (n: number, watts: number): void => {
      left[supplyOf[n]!]! -= watts
      placed += 1
      if (placed % STRIDE === 0) look()
    },
  }
}
