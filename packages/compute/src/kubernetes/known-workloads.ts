import { checkOf, readWorkload, type Workload } from './admission.ts'
import type { WatchEvent } from './list-watch.ts'

/** Workloads with our check as last read. What an answer to a call of ours told is newer than what the watch still tells for a while. */
export class KnownWorkloads {
  readonly #checkName: string
  readonly #workloads = new Map<string, Workload>()

  constructor(checkName: string) {
    this.#checkName = checkName
  }

  all(): readonly Workload[] {
    return [...this.#workloads.values()]
  }

  take(event: WatchEvent): void {
    if (event.type === 'list') this.#workloads.clear()
    for (const object of event.type === 'list' ? event.items : [event.object]) {
      const workload = readWorkload(object)
      if (workload && event.type === 'deleted') this.forget(workload)
      else if (workload) this.learn(workload)
    }
  }

  learn(workload: Workload): void {
    const before = this.#workloads.get(keyOf(workload))
    if (before && isOlder(workload, before)) return
    if (checkOf(workload, this.#checkName)) this.#workloads.set(keyOf(workload), workload)
    else this.forget(workload)
  }

  forget(workload: Workload): void {
    this.#workloads.delete(keyOf(workload))
  }
}

const keyOf = ({ metadata }: Workload): string => `${metadata.namespace}/${metadata.name}`

/** Versions are numbers that grow, wherever the API keeps its objects in etcd; of others nothing is said. */
function isOlder({ metadata: { resourceVersion: one } }: Workload, { metadata }: Workload): boolean {
  const isNumber = /^\d+$/
  const other = metadata.resourceVersion
  return isNumber.test(one) && isNumber.test(other) && BigInt(one) < BigInt(other)
}
