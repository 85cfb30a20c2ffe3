import { describe } from 'vitest'
import { storeContract } from './store.contract.ts'
import { testStores } from './testing.ts'

for (const stores of testStores()) describe(stores.name, () => storeContract(stores))
