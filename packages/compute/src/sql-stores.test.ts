import { testStores } from '@dengta/store'
import { dayStoreContract } from './day/day-store.contract.ts'
import { sqlDayStore } from './day/sql-day-store.ts'
import { gridEventStoreContract } from './grid-event/grid-event-store.contract.ts'
import { sqlGridEventStore } from './grid-event/sql-grid-event-store.ts'
import { computeMigrations } from './migrations.ts'
import { planRunStoreContract } from './plan-run/plan-run-store.contract.ts'
import { sqlPlanRunStore } from './plan-run/sql-plan-run-store.ts'
import { publicComputeContract } from './public-job/public-compute.contract.ts'
import { sqlPublicJobStore } from './public-job/sql-public-job-store.ts'
import { sqlQuotaStore } from './quota/sql-quota-store.ts'

for (const { name, make } of testStores()) {
  const open = () => make(computeMigrations)
  dayStoreContract(name, async () => {
    const store = await open()
    return { store, days: sqlDayStore(store) }
  })
  planRunStoreContract(name, async () => {
    const store = await open()
    return { store, plans: sqlPlanRunStore(store) }
  })
  gridEventStoreContract(name, async () => {
    const store = await open()
    return { store, events: sqlGridEventStore(store) }
  })
  publicComputeContract(name, async () => {
    const store = await open()
    return { store, quotas: sqlQuotaStore(store), jobs: sqlPublicJobStore(store) }
  })
}
