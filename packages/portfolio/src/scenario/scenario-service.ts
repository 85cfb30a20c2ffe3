import { type Caller, type Clock, sha256Hex, utf8 } from '@dengta/kernel'
import type { Ledger } from '@dengta/ledger'
import type { Store } from '@dengta/store'
import { portfolioErrors } from '../errors.ts'
import type { PortfolioTables } from '../tables.ts'
import { readScenario } from './read-scenario.ts'
import { scenarioStatement } from './scenario.ts'
import type { ScenarioRow, ScenarioStore } from './scenario-store.ts'

export interface ScenarioService {
  /** Records the statement of the caller's scenario; a later one of the same owner replaces it. `file`: YAML or JSON. */
  state(caller: Caller, file: string): Promise<ScenarioRow>
  /** Throws `portfolio.no_scenario`. */
  get(id: string): Promise<ScenarioRow>
  list(): Promise<readonly ScenarioRow[]>
}

export interface ScenarioServiceParts {
  readonly store: Store
  readonly scenarios: ScenarioStore
  readonly ledger: Ledger
  readonly clock: Clock
}

export function scenarioService(parts: ScenarioServiceParts): ScenarioService {
  return {
    state: (caller, file) => state(parts, caller, file),
    get: async (id) => {
      const row = await parts.scenarios.find(id)
      if (row === undefined) throw portfolioErrors.no_scenario({ id })
      return row
    },
    list: () => parts.scenarios.list(),
  }
}

async function state(parts: ScenarioServiceParts, caller: Caller, file: string): Promise<ScenarioRow> {
  const { store, scenarios, ledger, clock } = parts
  const scenario = readScenario(file)
  const { id, owner } = scenario
  if (owner !== caller.participant) throw portfolioErrors.owner_differs({ owner, caller: caller.participant })
  return store.transaction<PortfolioTables, ScenarioRow>(async (tx) => {
    const previous = await scenarios.lock(tx, id)
    if (previous && previous.owner !== owner) throw portfolioErrors.scenario_taken({ id })
    const record = await ledger.append(tx, scenarioStatement(scenario, sha256Hex(utf8(file)), previous?.record))
    const row = { id, owner, record: record.id, statedAt: clock.now() }
    await scenarios.put(tx, row)
    return row
  })
}
