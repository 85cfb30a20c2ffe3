import { memoryRunStore } from './memory-run-store.fixture.ts'
import { runStoreContract } from './run-store.contract.ts'

runStoreContract('memory', async () => memoryRunStore())
