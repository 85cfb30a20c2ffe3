import { type Cluster, isShare, type Pod, WIDEST } from './cluster.ts'

/** A kind of task and how often it comes, as a share of all. */
export interface Typical {
  readonly pod: Pod
  readonly share: number
}

/** Kinds that make up this share of all tasks, the most frequent first, stand for the workload (as in the authors' code). */
const POPULAR = 0.95

/** The typical tasks of a workload: equal requests are one kind; memory does not count, as in the paper. */
export function typicalPods(pods: readonly Pod[]): Typical[] {
  const counts = new Map<string, { pod: Pod; count: number }>()
  for (const pod of pods) {
    const key = `${pod.cpuMilli} ${pod.gpus} ${pod.gpuMilli} ${pod.models.join('|')}`
    const own = counts.get(key)
    if (own) own.count += 1
    else counts.set(key, { pod, count: 1 })
  }
  const kinds = [...counts.values()].sort((a, b) => b.count - a.count)
  let sum = 0
  const chosen = kinds.filter(({ count }) => {
    const wanted = sum < POPULAR * pods.length
    if (wanted) sum += count
    return wanted
  })
  return chosen.map(({ pod, count }) => ({ pod, share: count / sum }))
}

/** A node as it would be: free CPU and the free thousandths of each of its GPUs. */
export interface NodeState {
  readonly model: string
  cpuFree: number
  readonly gpuFree: Int32Array
}

export function stateOf({ nodes, cpuFree, gpuFree }: Cluster, n: number): NodeState {
  return { model: nodes[n]!.model, cpuFree: cpuFree[n]!, gpuFree: gpuFree.slice(n * WIDEST, (n + 1) * WIDEST) }
}

/**
 * Expected fragments of a node, in thousandths of a GPU (Weng et al., ATC'23, section 4): what is free but of no use to a task
 * drawn from the workload. All that is free where the task cannot run there; else the GPUs too full for its share.
 */
export function fragments(state: NodeState, typical: readonly Typical[]): number {
  let free = 0
  for (const milli of state.gpuFree) free += milli
  if (free === 0) return 0
  let expected = 0
  for (const { pod, share } of typical) expected += share * lostTo(state, pod, free)
  return expected
}

function lostTo({ model, cpuFree, gpuFree }: NodeState, pod: Pod, free: number): number {
  if (pod.gpus === 0 || pod.cpuMilli > cpuFree) return free
  if (pod.models.length > 0 && !pod.models.includes(model)) return free
  const each = isShare(pod) ? pod.gpuMilli : 1000
  let fit = 0
  let small = 0
  for (const milli of gpuFree) {
    if (milli >= each) fit += 1
    else small += milli
  }
  return fit >= pod.gpus ? small : free
}
