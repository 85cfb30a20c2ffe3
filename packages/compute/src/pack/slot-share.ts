import { isShare, type Pod } from './cluster.ts'

const WHOLE = 1000

/**
 * GPU slots that a task takes up with what it leaves of no use, as a function of the task. What no other task of the workload can
 * fill counts as taken: the shares of all tasks are packed by themselves, best fit decreasing, and each takes its part of a full GPU.
 */
export function slotShares(pods: readonly Pod[]): (pod: Pod) => number {
  const taken = new Map<number, { sum: number; count: number }>()
  for (const { free, shares } of bestFitDecreasing(pods.filter(isShare).map(({ gpuMilli }) => gpuMilli))) {
    for (const share of shares) {
      const own = taken.get(share) ?? { sum: 0, count: 0 }
      taken.set(share, { sum: own.sum + share / (WHOLE - free), count: own.count + 1 })
    }
  }
  return (pod) => {
    if (!isShare(pod)) return pod.gpus
    const own = taken.get(pod.gpuMilli)
    return own ? own.sum / own.count : pod.gpuMilli / WHOLE
  }
}

interface Bin {
  free: number
  readonly shares: number[]
}

/** One GPU after another; the free thousandths are whole numbers, so bins are found by how much is free. */
function bestFitDecreasing(shares: readonly number[]): Bin[] {
  const bins: Bin[] = []
  const byFree = Array.from({ length: WHOLE + 1 }, (): Bin[] => [])
  for (const share of [...shares].sort((a, b) => b - a)) {
    const fitting = byFree.findIndex((same, free) => free >= share && same.length > 0)
    const bin = fitting < 0 ? { free: WHOLE, shares: [] } : byFree[fitting]!.pop()!
    if (fitting < 0) bins.push(bin)
    bin.shares.push(share)
    bin.free -= share
    byFree[bin.free]!.push(bin)
  }
  return bins
}
