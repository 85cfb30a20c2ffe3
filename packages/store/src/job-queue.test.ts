import { describe } from 'vitest'
import { jobQueueContract } from './job-queue.contract.ts'
import { testStores } from './testing.ts'

for (const stores of testStores()) describe(stores.name, () => jobQueueContract(stores))
