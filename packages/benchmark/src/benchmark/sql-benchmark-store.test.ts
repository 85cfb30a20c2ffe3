import { type Store, testStores } from '@dengta/store'
import { afterEach } from 'vitest'
import { benchmarkStoreContract } from './benchmark-store.contract.ts'
import { openMigrations } from './migrations-open.ts'
import { sqlBenchmarkStore } from './sql-benchmark-store.ts'

const open: Store[] = []
afterEach(async () => {
  for (const store of open.splice(0)) await store.close()
})

for (const { name, make } of testStores()) {
  benchmarkStoreContract(name, async () => {
    const store = await make(openMigrations)
    open.push(store)
    return { store, benchmarks: sqlBenchmarkStore(store) }
  })
}
