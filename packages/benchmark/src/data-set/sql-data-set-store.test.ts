import { type Store, testStores } from '@dengta/store'
import { afterEach } from 'vitest'
import { openMigrations } from '../benchmark/migrations-open.ts'
import { dataSetStoreContract } from './data-set-store.contract.ts'
import { sqlDataSetStore } from './sql-data-set-store.ts'

const open: Store[] = []
afterEach(async () => {
  for (const store of open.splice(0)) await store.close()
})

for (const { name, make } of testStores()) {
  dataSetStoreContract(name, async () => {
    const store = await make(openMigrations)
    open.push(store)
    return { store, dataSets: sqlDataSetStore(store) }
  })
}
