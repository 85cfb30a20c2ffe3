import type { Ledger } from '@dengta/ledger'
import type { ScenarioView } from '@dengta/sdk'
import { scenarioView } from './scenario-view.ts'

const PAGE = 1000

/** Views of all scenarios. The log only grows, so a view stands until a record of its scenario is added. */
export class ScenarioViews {
  readonly #ledger: Pick<Ledger, 'records'>
  readonly #views = new Map<string, ScenarioView>()
  #read = 0
  #turn: Promise<unknown> = Promise.resolve()

  constructor(ledger: Pick<Ledger, 'records'>) {
    this.#ledger = ledger
  }

  /** In the order in which the scenarios were first stated. */
  async all(): Promise<readonly ScenarioView[]> {
    await this.#refresh()
    return [...this.#views.values()]
  }

  async find(id: string): Promise<ScenarioView | undefined> {
    await this.#refresh()
    return this.#views.get(id)
  }

  /** One reader at a time; who waited finds the work done. */
  #refresh(): Promise<void> {
    const refreshed = this.#turn.then(() => this.#readOn())
    this.#turn = refreshed.catch(() => {})
    return refreshed
  }

  async #readOn(): Promise<void> {
    const touched = new Set<string>()
    let read = this.#read
    for (let full = true; full; ) {
      const page = await this.#ledger.records({ from: read, limit: PAGE })
      for (const { statement } of page) if (statement.predicate.scenario) touched.add(statement.predicate.scenario)
      read = (page.at(-1)?.index ?? read - 1) + 1
      full = page.length === PAGE
    }
    for (const id of touched) {
      const view = scenarioView(await this.#ledger.records({ scenario: id }), id)
      if (view) this.#views.set(id, view)
    }
    this.#read = read
  }
}
