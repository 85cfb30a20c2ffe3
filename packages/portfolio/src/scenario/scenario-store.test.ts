import { testStores } from '@dengta/store'
import { portfolioMigrations } from '../migrations.ts'
import { scenarioStoreContract } from './scenario-store.contract.ts'
import { sqlScenarioStore } from './sql-scenario-store.ts'

for (const { name, make } of testStores())
  scenarioStoreContract(name, async () => {
    const store = await make(portfolioMigrations)
    return { store, scenarios: sqlScenarioStore(store) }
  })
