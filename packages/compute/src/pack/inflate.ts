import type { Random } from '@dengta/statistics'
import { milliOf, type Pod } from './cluster.ts'

/**
 * A workload inflated until it asks for `gpus` GPUs: the trace in a random order, then tasks drawn from it with replacement.
 * So do the authors of the ATC'23 paper, up to 1.3 times the GPUs of the cluster.
 */
export function inflated(pods: readonly Pod[], gpus: number, random: Random): Pod[] {
  const order = [...pods]
  for (let i = order.length - 1; i > 0; i -= 1) {
    const other = random() % (i + 1)
    ;[order[i], order[other]] = [order[other]!, order[i]!]
  }
  const chosen: Pod[] = []
  let asked = 0
  for (let i = 0; asked < gpus * 1000; i += 1) {
    const pod = order[i] ?? pods[random() % pods.length]!
    chosen.push(pod)
    asked += milliOf(pod)
  }
  return chosen
}
