import { milliOf, type PackNode, type Pod } from './cluster.ts'
import type { Score } from './packer.ts'
import { type PowerModel, restWatts } from './power.ts'

/**
 * Where tasks belong when power is scarce, by the watts that a GPU in use draws above rest: tasks that may not be capped on GPUs up
 * to `full`, tasks that may on those from `full` to `capped`; GPUs above `capped` are taken last.
 */
export interface PowerZones {
  readonly full: number
  readonly capped: number
}

export interface ZoneCase {
  readonly nodes: readonly PackNode[]
  /** Tasks as they are expected. */
  readonly pods: readonly Pod[]
  readonly model: PowerModel
  /** All nodes together. */
  readonly limitWatts: number
}

/** Share of the GPUs that packings give out at most (95.5 % published): above it nothing is planned to be fed. */
const USABLE = 0.96
/** Points of fragmentation that a watt outside its zone is worth (0.03 to 0.3 differ little). */
const POINTS_A_WATT = 0.1

/**
 * The zones for a limit, as if GPUs and tasks could be split; undefined where the limit feeds all that can be given out even if
 * tasks lie anywhere, so that nothing needs to be steered.
 */
export function powerZones({ nodes, pods, model, limitWatts }: ZoneCase): PowerZones | undefined {
  const gpus = nodes.flatMap((node) => Array<number>(node.gpus).fill(aboveRest(model, node))).sort((a, b) => a - b)
  const mix = mixOf(pods, model)
  const budget = limitWatts - nodes.reduce((sum, node) => sum + restWatts(model, node), 0)
  const evenly = total(gpus) * (mix.full + (1 - mix.full) * mix.lowest) + gpus.length * mix.cpuWatts
  if (evenly * USABLE <= budget) return undefined
  const fed = mostFed(gpus, mix, budget)
  const middleOf = (watts: number): number => (gpus.indexOf(watts) + gpus.lastIndexOf(watts)) / 2
  return {
    full: gpus[Math.max(0, Math.ceil(mix.full * fed) - 1)] ?? 0,
    capped: Math.max(0, ...new Set(gpus.filter((watts) => middleOf(watts) < fed))),
  }
}

/** The score, made worse by every watt that a task lies outside its zone. */
export function steered(score: Score, model: PowerModel, zones: PowerZones | undefined): Score {
  if (!zones) return score
  return (cluster, n, pod) => {
    const found = score(cluster, n, pod)
    if (pod.gpus === 0) return found
    const watts = aboveRest(model, cluster.nodes[n]!)
    const [from, to] = pod.mayCap ? [zones.full, zones.capped] : [0, zones.full]
    const outside = Math.max(0, watts - to, from - watts)
    return { gpu: found.gpu, score: found.score + POINTS_A_WATT * outside }
  }
}

interface Mix {
  /** Share of the GPUs asked for by tasks that may not be capped. */
  readonly full: number
  /** Share of power above rest that is left at the lowest cap. */
  readonly lowest: number
  /** Watts of CPU for each GPU asked for; tasks without GPUs count too. */
  readonly cpuWatts: number
}

function mixOf(pods: readonly Pod[], { caps, cpuWatts }: PowerModel): Mix {
  const asked = total(pods.map(milliOf))
  const uncapped = total(pods.filter(({ mayCap }) => !mayCap).map(milliOf))
  return {
    full: asked > 0 ? uncapped / asked : 0,
    lowest: caps.at(-1)!.power,
    cpuWatts: asked > 0 ? (total(pods.map(({ cpuMilli }) => cpuMilli)) / asked) * cpuWatts : 0,
  }
}

/** How many GPUs, lowest power first, the budget feeds if tasks that may not be capped get the lowest of them. By bisection. */
function mostFed(gpus: readonly number[], { full, lowest, cpuWatts }: Mix, budget: number): number {
  let [enough, tooMany] = [0, gpus.length + 1]
  while (tooMany - enough > 1) {
    const count = Math.floor((enough + tooMany) / 2)
    const split = Math.round(full * count)
    const watts = total(gpus.slice(0, split)) + lowest * total(gpus.slice(split, count)) + count * cpuWatts
    if (watts <= budget) enough = count
    else tooMany = count
  }
  return enough
}

function aboveRest({ fullWatts, idleWatts }: PowerModel, { model }: PackNode): number {
  return (fullWatts[model] ?? 0) - (idleWatts[model] ?? 0)
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
