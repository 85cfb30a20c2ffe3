import { testStores } from '@dengta/store'
import { dataspaceMigrations } from '../migrations.ts'
import { participantStoreContract } from './participant-store.contract.ts'
import { sqlParticipantStore } from './sql-participant-store.ts'

for (const { name, make } of testStores())
  participantStoreContract(name, async () => {
    const store = await make(dataspaceMigrations)
    return { store, participants: sqlParticipantStore(store) }
  })
