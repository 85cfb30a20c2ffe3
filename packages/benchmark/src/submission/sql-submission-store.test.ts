import { type Store, testStores } from '@dengta/store'
import { afterEach } from 'vitest'
import { benchmarkPlugin } from '../plugin.ts'
import { sqlSubmissionStore } from './sql-submission-store.ts'
import { submissionStoreContract } from './submission-store.contract.ts'

const open: Store[] = []
afterEach(async () => {
  for (const store of open.splice(0)) await store.close()
})

for (const { name, make } of testStores()) {
  submissionStoreContract(name, async () => {
    const store = await make(benchmarkPlugin.migrations)
    open.push(store)
    return { store, submissions: sqlSubmissionStore(store) }
  })
}
