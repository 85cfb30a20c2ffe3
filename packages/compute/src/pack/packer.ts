import { type Cluster, hasRoomFor, isShare, type Pod, podKind, WIDEST } from './cluster.ts'
import { fragments, type NodeState, stateOf, type Typical } from './fragmentation.ts'

/** Where a pod would go: node, GPU (for a share), and the score, less being better. */
export interface Spot {
  readonly node: number
  readonly gpu: number
  readonly score: number
}

/** Scores a pod on a node that has room for it. Depends on nothing but the state of that node. */
export type Score = (cluster: Cluster, n: number, pod: Pod) => { readonly gpu: number; readonly score: number }

/**
 * The best spots of each kind of pod, remembered until the node changes: a packing of thousands of pods looks at few nodes anew.
 * `worse` is added to the score of a node, and not remembered.
 */
export function spotFinder(
  cluster: Cluster,
  score: Score,
): (pod: Pod, allowed?: (n: number, pod: Pod) => boolean, worse?: (n: number) => number) => Spot | undefined {
  const known = new Map<string, { version: Int32Array; gpu: Int8Array; score: Float64Array }>()
  const size = cluster.nodes.length
  return (pod, allowed, worse) => {
    const key = podKind(pod)
    const memo = known.get(key) ?? {
      version: new Int32Array(size).fill(-1),
      gpu: new Int8Array(size),
      score: new Float64Array(size),
    }
    known.set(key, memo)
    let best: Spot | undefined
    for (let n = 0; n < size; n += 1) {
      if (memo.version[n] !== cluster.version[n]) {
        const found = hasRoomFor(cluster, n, pod)
          ? score(cluster, n, pod)
          : { gpu: -1, score: Number.POSITIVE_INFINITY }
        memo.version[n] = cluster.version[n]!
        memo.gpu[n] = found.gpu
        memo.score[n] = found.score
      }
      if (memo.score[n] === Number.POSITIVE_INFINITY) continue
      const total = memo.score[n]! + (worse?.(n) ?? 0)
      if (total < (best?.score ?? Number.POSITIVE_INFINITY) && (allowed?.(n, pod) ?? true))
        best = { node: n, gpu: memo.gpu[n]!, score: total }
    }
    return best
  }
}

/**
 * Fragmentation gradient descent (ATC'23): the node, and for a share the GPU, where expected fragments grow least. As in the
 * authors' code the change is squeezed into whole points of 0 to 100, and of equal points the first node wins. `worse`: points by
 * which a GPU with so many thousandths free is worse for a share.
 */
export function fragmentationGradient(
  typical: readonly Typical[],
  worse: (free: number, share: number) => number = () => 0,
): Score {
  return (cluster, n, pod) => {
    const now = stateOf(cluster, n)
    const before = fragments(now, typical)
    let best = { gpu: -1, score: Number.POSITIVE_INFINITY }
    for (const gpu of choices(now, pod)) {
      const wasted = isShare(pod) ? worse(now.gpuFree[gpu]!, pod.gpuMilli) : 0
      const score = wasted - points((before - fragments(after(now, pod, gpu), typical)) / 1000)
      if (score < best.score) best = { gpu, score }
    }
    return best
  }
}

/** Fewer fragments, more points; steep where little changes. */
function points(fewer: number): number {
  return Math.floor(100 / (1 + Math.exp(-fewer)))
}

/** The GPUs that could take a share, one for each different fill; -1 for whole GPUs and for none. */
function choices({ gpuFree }: NodeState, pod: Pod): number[] {
  if (!isShare(pod)) return [-1]
  const seen = new Set<number>()
  return [...gpuFree.keys()].filter((g) => {
    const free = gpuFree[g]!
    if (free < pod.gpuMilli || seen.has(free)) return false
    seen.add(free)
    return true
  })
}

function after(state: NodeState, pod: Pod, gpu: number): NodeState {
  const gpuFree = state.gpuFree.slice()
  let left = isShare(pod) ? 0 : pod.gpus
  if (isShare(pod)) gpuFree[gpu]! -= pod.gpuMilli
  for (let g = 0; g < WIDEST && left > 0; g += 1) {
    if (gpuFree[g] !== 1000) continue
    gpuFree[g] = 0
    left -= 1
  }
  return { ...state, cpuFree: state.cpuFree - pod.cpuMilli, gpuFree }
}

/** Best fit: the node with least left over, CPU and GPU alike, as a share of the largest node; the fullest GPU that takes a share. */
export function bestFitPacking(cluster: Cluster): Score {
  const mostCpu = Math.max(...cluster.nodes.map((node) => node.cpuMilli))
  return ({ cpuFree, gpuFree }, n, pod) => {
    let free = 0
    let gpu = -1
    for (let g = 0; g < WIDEST; g += 1) {
      const milli = gpuFree[n * WIDEST + g]!
      free += milli
      if (isShare(pod) && milli >= pod.gpuMilli && (gpu < 0 || milli < gpuFree[n * WIDEST + gpu]!)) gpu = g
    }
    return { gpu, score: (cpuFree[n]! - pod.cpuMilli) / mostCpu + free / (1000 * WIDEST) }
  }
}
