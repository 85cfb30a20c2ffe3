import { testStores } from '@dengta/store'
import { dataspaceMigrations } from '../migrations.ts'
import type { DataspaceTables } from '../tables.ts'
import { sqlTokenStore } from './sql-token-store.ts'
import { tokenStoreContract } from './token-store.contract.ts'

const lab = { id: 'grid-lab', name: 'Lab', roles: ['developer'], key_id: 'k', record: 'r', joined_at: new Date(0) }

for (const { name, make } of testStores())
  tokenStoreContract(name, async () => {
    const store = await make(dataspaceMigrations)
    await store.db<DataspaceTables>().insertInto('participants').values(lab).execute()
    return { tokens: sqlTokenStore(store), close: () => store.close() }
  })
