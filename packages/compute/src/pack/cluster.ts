/** A server with whole GPUs of one model. */
export interface PackNode {
  readonly name: string
  readonly model: string
  readonly cpuMilli: number
  readonly memoryMib: number
  readonly gpus: number
}

/** A task: `gpus` whole GPUs where above one, else `gpuMilli` thousandths of one; `models` empty where any will do. */
export interface Pod {
  readonly name: string
  readonly cpuMilli: number
  readonly memoryMib: number
  readonly gpus: number
  readonly gpuMilli: number
  readonly models: readonly string[]
  /** May be run at a lower power cap. */
  readonly mayCap: boolean
}

/** GPUs that a node has at most. */
export const WIDEST = 8
const WHOLE = 1000

/** What is free, node by node; GPU `g` of node `n` lies at `n * WIDEST + g`, in thousandths. `version` counts changes. */
export interface Cluster {
  readonly nodes: readonly PackNode[]
  readonly cpuFree: Float64Array
  readonly memoryFree: Float64Array
  readonly gpuFree: Int32Array
  readonly version: Int32Array
}

export function emptyCluster(nodes: readonly PackNode[]): Cluster {
  return {
    nodes,
    cpuFree: Float64Array.from(nodes, (node) => node.cpuMilli),
    memoryFree: Float64Array.from(nodes, (node) => node.memoryMib),
    gpuFree: Int32Array.from({ length: nodes.length * WIDEST }, (_, i) =>
      i % WIDEST < nodes[Math.floor(i / WIDEST)]!.gpus ? WHOLE : 0,
    ),
    version: new Int32Array(nodes.length),
  }
}

/** Tasks that ask for the same have the same. */
export function podKind({ cpuMilli, memoryMib, gpus, gpuMilli, models, mayCap }: Pod): string {
  return `${cpuMilli} ${memoryMib} ${gpus} ${gpuMilli} ${models.join('|')} ${mayCap}`
}

/** Thousandths of GPU that the pod takes altogether. */
export function milliOf({ gpus, gpuMilli }: Pod): number {
  return gpus > 1 ? gpus * WHOLE : gpus * gpuMilli
}

export function isShare({ gpus, gpuMilli }: Pod): boolean {
  return gpus === 1 && gpuMilli < WHOLE
}

export function hasRoomFor({ nodes, cpuFree, memoryFree, gpuFree }: Cluster, n: number, pod: Pod): boolean {
  if (pod.cpuMilli > cpuFree[n]! || pod.memoryMib > memoryFree[n]!) return false
  if (pod.gpus === 0) return true
  if (pod.models.length > 0 && !pod.models.includes(nodes[n]!.model)) return false
  const each = isShare(pod) ? pod.gpuMilli : WHOLE
  let fit = 0
  for (let g = n * WIDEST; g < (n + 1) * WIDEST; g += 1) if (gpuFree[g]! >= each) fit += 1
  return fit >= pod.gpus
}

/** Puts the pod on a node: a share on GPU `gpu`, whole GPUs on the first that are idle. */
export function assign(cluster: Cluster, n: number, pod: Pod, gpu: number): void {
  const { cpuFree, memoryFree, gpuFree, version } = cluster
  cpuFree[n]! -= pod.cpuMilli
  memoryFree[n]! -= pod.memoryMib
  version[n]! += 1
  if (isShare(pod)) {
    gpuFree[n * WIDEST + gpu]! -= pod.gpuMilli
    return
  }
  let left = pod.gpus
  for (let g = n * WIDEST; g < (n + 1) * WIDEST && left > 0; g += 1) {
    if (gpuFree[g] !== WHOLE) continue
    gpuFree[g] = 0
    left -= 1
  }
}

/** GPU time that is given out, in GPUs. */
export function allocatedGpus({ nodes, gpuFree }: Cluster): number {
  const all = nodes.reduce((sum, node) => sum + node.gpus, 0)
  return all - gpuFree.reduce((sum, free) => sum + free, 0) / WHOLE
}
