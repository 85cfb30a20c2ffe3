import { assign, type Cluster, milliOf, type Pod } from './cluster.ts'
import { type Score, type Spot, spotFinder } from './packer.ts'
import { addedWatts, emptyWatts, type PowerModel, wakeWatts } from './power.ts'
import type { Steering } from './power-steering.ts'

/** Groups of nodes that share a supply (by node, a row of `limitWatts`); the last row holds for all of them together. */
export interface Supplies {
  readonly supplyOf: Int32Array
  readonly limitWatts: Float64Array
}

interface Placed {
  readonly pod: Pod
  readonly node: number
  cap: number
}

/** A packing that holds the limits of every supply by capping pods that may be capped, deepest saving first. */
export interface PowerPacking {
  /** Places the pod if it can; says whether it did. */
  readonly place: (pod: Pod) => boolean
  /** Watts now, by supply, all of them together last. */
  readonly watts: Float64Array
  /** Mean speed of the GPU time given out: 1 where nothing is capped. */
  readonly speed: () => number
}

export interface PowerOptions {
  readonly score: Score
  readonly model: PowerModel
  readonly supplies: Supplies
  /** False: pods are refused where they would break a limit; none is ever capped. */
  readonly mayCap: boolean
  /** Undefined: the score alone decides. */
  readonly steering?: Steering | undefined
}

/** Slack for sums of floating-point watts. */
const SLACK = 1e-6

/**
 * Packs by `score` and keeps every supply under its limit. A pod that would break one is admitted if caps, on it and on pods
 * already there, make room: those that free most watts first, each only as deep as is needed.
 */
export function powerPacking(
  cluster: Cluster,
  { score, model, supplies, mayCap, steering }: PowerOptions,
): PowerPacking {
  const { supplyOf, limitWatts } = supplies
  const all = limitWatts.length - 1
  const watts = new Float64Array(limitWatts.length)
  const savable = new Float64Array(limitWatts.length)
  const placed: Placed[] = []
  const hasTask = new Uint8Array(cluster.nodes.length)
  const find = spotFinder(cluster, score)
  for (const [n, node] of cluster.nodes.entries()) add(watts, n, emptyWatts(model, node))

  function add(sums: Float64Array, n: number, value: number): void {
    sums[supplyOf[n]!]! += value
    sums[all]! += value
  }

  const deepest = model.caps.length - 1
  const waking = (n: number): number => (hasTask[n] ? 0 : wakeWatts(model, cluster.nodes[n]!))
  const drawn = (n: number, pod: Pod, cap: number): number => addedWatts(model, cluster.nodes[n]!, pod, cap)
  const saving = (n: number, pod: Pod): number => (mayCap && pod.mayCap ? drawn(n, pod, 0) - drawn(n, pod, deepest) : 0)

  /** Room in both supplies once everything that may be capped is. */
  const allowed = (n: number, pod: Pod): boolean => {
    const least = waking(n) + drawn(n, pod, 0) - saving(n, pod)
    return [supplyOf[n]!, all].every((row) => watts[row]! - savable[row]! + least <= limitWatts[row]! + SLACK)
  }

  function settle(row: number): void {
    const under = placed.filter(
      ({ pod, node, cap }) => pod.mayCap && cap < deepest && (row === all || supplyOf[node] === row),
    )
    under.sort((a, b) => milliOf(b.pod) - milliOf(a.pod))
    for (const each of under) {
      while (each.cap < deepest && watts[row]! > limitWatts[row]! + SLACK) {
        const less = drawn(each.node, each.pod, each.cap) - drawn(each.node, each.pod, each.cap + 1)
        each.cap += 1
        add(watts, each.node, -less)
        add(savable, each.node, -less)
      }
    }
  }

  return {
    watts,
    place: (pod) => {
      const spot: Spot | undefined = find(pod, allowed, steering?.worse(pod))
      if (!spot) return false
      assign(cluster, spot.node, pod, spot.gpu)
      placed.push({ pod, node: spot.node, cap: 0 })
      add(watts, spot.node, waking(spot.node) + drawn(spot.node, pod, 0))
      hasTask[spot.node] = 1
      add(savable, spot.node, saving(spot.node, pod))
      if (mayCap) for (const row of [supplyOf[spot.node]!, all]) if (watts[row]! > limitWatts[row]! + SLACK) settle(row)
      steering?.placed(pod, spot.node, limitWatts[all]! - watts[all]! + savable[all]!)
      return true
    },
    speed: () => {
      let [done, given] = [0, 0]
      for (const { pod, cap } of placed) {
        given += milliOf(pod)
        done += milliOf(pod) * model.caps[cap]!.speed
      }
      return given > 0 ? done / given : 1
    },
  }
}
