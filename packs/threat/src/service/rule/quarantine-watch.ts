import type { Text } from '@dengta/kernel'
import type { RuleCosts } from '../../pipeline/detector/rule-costs.ts'
import { liveFigures } from './live-figures.ts'

export interface QuarantineWatchOptions {
  /** Undefined while no flow runs. */
  readonly costs: () => Promise<RuleCosts | undefined>
  /** A rule that detectors no longer look at, and why; told once until it is looked at again. */
  readonly told: (rule: string, reason: Text) => Promise<void>
}

/** Notices rules that detectors have put away, so that nobody finds out only by looking at the page of the rule. */
export class QuarantineWatch {
  readonly #options: QuarantineWatchOptions
  #known: ReadonlySet<string> = new Set()

  constructor(options: QuarantineWatchOptions) {
    this.#options = options
  }

  /** Asks the detectors once. A rule whose telling failed is told at the next look. */
  async look(): Promise<void> {
    const costs = await this.#options.costs()
    const known = new Set<string>()
    const before = this.#known
    this.#known = known
    for (const [rule, { quarantine }] of costs ? liveFigures(costs) : []) {
      if (!quarantine) continue
      const name = `${costs?.hash} ${rule}`
      if (!before.has(name)) await this.#options.told(rule, quarantine.reason)
      known.add(name)
    }
  }
}
