import { milliOf, mostGpus, type PackNode, type Pod, type PowerModel } from '@dengta/compute'
import { gpusOf } from './packing-trace.ts'

/** Shares of all GPUs that nobody can exceed on a workload within a limit. */
export interface MostShares {
  /** Whoever leaves out tasks at will and knows all of them. */
  readonly atWill: number
  /** Whoever places tasks in the mix in which they arrive. */
  readonly inMix: number
  /** Whoever places every task until one cannot be placed. */
  readonly inTurn: number
}

export interface BoundCase {
  readonly nodes: readonly PackNode[]
  readonly workload: readonly Pod[]
  readonly model: PowerModel
  /** All nodes together. */
  readonly limitWatts: number
}

export async function mostShares(given: BoundCase): Promise<MostShares> {
  const gpus = gpusOf(given.nodes)
  return {
    atWill: (await most(given, given.workload, false)) / gpus,
    inMix: (await most(given, given.workload, true)) / gpus,
    inTurn: (await mostInTurn(given)) / gpus,
  }
}

const most = ({ nodes, model, limitWatts }: BoundCase, pods: readonly Pod[], asArrived: boolean): Promise<number> =>
  mostGpus({ nodes, pods, model, limitWatts, asArrived })

/** GPUs asked for by the longest beginning of the workload of which all can be placed in the linear program. */
async function mostInTurn(given: BoundCase): Promise<number> {
  const asked = (count: number): number =>
    given.workload.slice(0, count).reduce((sum, pod) => sum + milliOf(pod), 0) / 1000
  let [all, tooMany] = [0, given.workload.length + 1]
  while (tooMany - all > 1) {
    const count = Math.floor((all + tooMany) / 2)
    if ((await most(given, given.workload.slice(0, count), true)) >= asked(count) - 1e-6) all = count
    else tooMany = count
  }
  return asked(all)
}
