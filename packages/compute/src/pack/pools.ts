import { type PackNode, type Pod, podKind } from './cluster.ts'

/** Like nodes, by their place in the cluster. */
export interface Pool {
  readonly node: PackNode
  readonly members: readonly number[]
}

export function poolsOf(nodes: readonly PackNode[]): Pool[] {
  const pools = new Map<string, { node: PackNode; members: number[] }>()
  for (const [n, node] of nodes.entries()) {
    const key = `${node.model} ${node.gpus} ${node.cpuMilli} ${node.memoryMib}`
    const pool = pools.get(key) ?? { node, members: [] }
    pool.members.push(n)
    pools.set(key, pool)
  }
  return [...pools.values()]
}

/** Tasks that ask for the same. */
export interface Kind {
  readonly pod: Pod
  readonly count: number
}

export function kindsOf(pods: readonly Pod[]): Kind[] {
  const kinds = new Map<string, { pod: Pod; count: number }>()
  for (const pod of pods) {
    const kind = kinds.get(podKind(pod)) ?? { pod, count: 0 }
    kind.count += 1
    kinds.set(podKind(pod), kind)
  }
  return [...kinds.values()]
}
