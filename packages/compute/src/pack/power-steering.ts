import { milliOf, type PackNode, type Pod } from './cluster.ts'
import { type PowerModel, restWatts } from './power.ts'
import { type SlotDemand, slotPrices } from './slot-prices.ts'
import { slotShares } from './slot-share.ts'

/** Leads tasks to nodes where they strand least of what is scarce. It learns from what was placed, and knows nothing of what comes. */
export interface Steering {
  /** Points by which a node is worse for this task than the best place for it, by node; added to its score. Infinite: not there. */
  readonly worse: (pod: Pod) => (n: number) => number
  /** A task was placed; `wattsLeft`: what all nodes together may still draw once every task that may be capped is. */
  readonly placed: (pod: Pod, n: number, wattsLeft: number) => void
}

export interface SteeringCase {
  readonly nodes: readonly PackNode[]
  /** Tasks as they are expected. */
  readonly pods: readonly Pod[]
  readonly model: PowerModel
  /** All nodes together. */
  readonly limitWatts: number
}

/** Share of the GPUs that packings give out at most (95.5 % published): power for more is no scarce power. */
const USABLE = 0.96
/** Points of fragmentation that a watt is worth (0.2 to 0.8 differ by 0.04 % of the GPUs). */
const POINTS_A_WATT = 0.4
/** Watts that a core is worth where cores are not plentiful (1 to 3 differ by 0.1 % of the GPUs), so that those with many go where they are. */
const WATTS_A_CORE = 2
/** Cores are plentiful on nodes with so many times the cores a GPU that tasks ask for. */
const PLENTY = 1.5
/** Tasks placed between two looks at the prices. */
const STRIDE = 50

/** Undefined where the limit feeds all that can be given out even if tasks lie anywhere, so that nothing needs to be steered. */
export function powerSteering(given: SteeringCase): Steering | undefined {
  const { nodes, pods, model, limitWatts } = given
  const work = workOf(pods, model)
  const budget = limitWatts - total(nodes.map((node) => restWatts(model, node)))
  const gpus = total(nodes.map((node) => node.gpus))
  const evenly = work.meanDraw * total(nodes.map((node) => node.gpus * aboveRest(model, node))) + gpus * work.cpuWatts
  return work.demands.length === 0 || evenly * USABLE <= budget ? undefined : steeringOf(given, work, budget)
}

function steeringOf({ nodes, model }: SteeringCase, work: Work, budget: number): Steering {
  const { demands, cpuWatts, cores, slotsOf, drawOf } = work
  const levels = [...new Set(nodes.map((node) => aboveRest(model, node)))].sort((a, b) => a - b)
  const levelOf = Int32Array.from(nodes, (node) => levels.indexOf(aboveRest(model, node)))
  const plenty = nodes.map((node) => node.cpuMilli / 1000 > PLENTY * cores * node.gpus)
  const free = new Float64Array(levels.length)
  for (const [n, node] of nodes.entries()) free[levelOf[n]!]! += node.gpus
  let placed = 0
  let prices = pricesAt(budget)

  function pricesAt(left: number): Float64Array {
    const pools = levels.map((watts, level) => ({ watts, slots: Math.max(0, free[level]!) }))
    return slotPrices({ pools, demands, cpuWatts, budget: left })
  }

  return {
    worse: (pod) => {
      const slots = slotsOf(pod)
      const costs = levels.map((watts, level) => slots * (drawOf(pod) * watts + prices[level]!))
      const least = Math.min(...costs)
      const scarce = WATTS_A_CORE * (pod.cpuMilli / 1000)
      const reserved = WATTS_A_CORE * cores * slots
      return (n) => POINTS_A_WATT * (costs[levelOf[n]!]! - least + (plenty[n] ? reserved : scarce))
    },
    placed: (pod, n, wattsLeft) => {
      free[levelOf[n]!]! -= slotsOf(pod)
      placed += 1
      if (placed % STRIDE === 0) prices = pricesAt(wattsLeft)
    },
  }
}

/** The workload in the units of the prices: all figures for each GPU that is asked for. */
interface Work {
  readonly demands: readonly SlotDemand[]
  /** Watts and cores; tasks without GPUs count too. */
  readonly cpuWatts: number
  readonly cores: number
  /** Share of power above rest that a GPU given out draws at the lowest cap. */
  readonly meanDraw: number
  readonly slotsOf: (pod: Pod) => number
  readonly drawOf: (pod: Pod) => number
}

function workOf(pods: readonly Pod[], model: PowerModel): Work {
  const slotsOf = slotShares(pods)
  const lowest = (pod: Pod): number => (pod.mayCap ? model.caps.at(-1)!.power : 1) * gpuOf(pod)
  const drawOf = (pod: Pod): number => (milliOf(pod) > 0 ? lowest(pod) / slotsOf(pod) : 0)
  const asked = total(pods.map(gpuOf))
  const cores = total(pods.map(({ cpuMilli }) => cpuMilli / 1000)) / asked
  const slotsByDraw = new Map<number, number>()
  for (const pod of pods)
    if (milliOf(pod) > 0) slotsByDraw.set(drawOf(pod), (slotsByDraw.get(drawOf(pod)) ?? 0) + slotsOf(pod) / asked)
  const demands = [...slotsByDraw].map(([draw, slots]) => ({ draw, slots })).sort((a, b) => b.draw - a.draw)
  const meanDraw = total(pods.map(lowest)) / asked
  return { demands, cpuWatts: cores * model.cpuWatts, cores, meanDraw, slotsOf, drawOf }
}

const gpuOf = (pod: Pod): number => milliOf(pod) / 1000

function aboveRest({ fullWatts, idleWatts }: PowerModel, { model }: PackNode): number {
  return (fullWatts[model] ?? 0) - (idleWatts[model] ?? 0)
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
