import { type Clock, definePlugin, type PluginParts } from '@dengta/kernel'
import type { Ledger } from '@dengta/ledger'
import type { Store } from '@dengta/store'
import { gateRoutes } from './gate/gate-routes.ts'
import { type GateService, gateService } from './gate/gate-service.ts'
import { portfolioMigrations } from './migrations.ts'
import { scenarioRoutes } from './scenario/scenario-routes.ts'
import { type ScenarioService, scenarioService } from './scenario/scenario-service.ts'
import { ScenarioViews } from './scenario/scenario-views.ts'
import { sqlScenarioStore } from './scenario/sql-scenario-store.ts'

export interface PortfolioContext {
  readonly store: Store
  readonly ledger: Ledger
  readonly clock: Clock
}

export interface PortfolioParts extends PluginParts {
  readonly scenarios: ScenarioService
  readonly gates: GateService
  readonly views: ScenarioViews
}

/** Scenarios and their gates: what hurts, what would count as better, and what is proven of it. */
export const portfolioPlugin = definePlugin<PortfolioContext, PortfolioParts>({
  id: 'portfolio',
  migrations: portfolioMigrations,
  start: async ({ store, ledger, clock }) => {
    const scenarios = scenarioService({ store, ledger, clock, scenarios: sqlScenarioStore(store) })
    const gates = gateService({ store, ledger, scenarios })
    const views = new ScenarioViews(ledger)
    const routes = [...scenarioRoutes({ scenarios, views }), ...gateRoutes(gates)]
    return { routes, jobs: [], scenarios, gates, views }
  },
})
