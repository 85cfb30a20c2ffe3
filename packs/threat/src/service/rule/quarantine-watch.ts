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
  #known = new Set<string>()

  constructor(options: QuarantineWatchOptions) {
    this.#options = options
  }

  /** Asks the detectors once. A rule whose telling failed is told at the next look. */
  async look(): Promise<void> {
    const costs = await this.#options.costs()
    const away = [...(costs ? liveFigures(costs) : [])].flatMap(([rule, { quarantine }]) =>
      quarantine ? [{ name: `${costs?.hash} ${rule}`, rule, reason: quarantine.reason }] : [],
    )
    const before = this.#known
    this.#known = new Set(away.map(({ name }) => name).filter((name) => before.has(name)))
    for (const { name, rule, reason } of away) {
      if (this.#known.has(name)) continue
      await this.#options.told(rule, reason)
      this.#known.add(name)
    }
  }
}
