import type { Store } from '@dengta/store'
import type { Selectable } from 'kysely'
import type { DataspaceTables } from '../tables.ts'
import type { Token } from './token.ts'
import type { TokenStore } from './token-store.ts'

export function sqlTokenStore(store: Store): TokenStore {
  const db = store.db<DataspaceTables>()
  return {
    create: async ({ id, participant, hash, expiresAt, revokedAt, lastUsedAt }) => {
      const times = { expires_at: expiresAt, revoked_at: revokedAt ?? null, last_used_at: lastUsedAt ?? null }
      await db
        .insertInto('tokens')
        .values({ id, participant, hash, ...times })
        .execute()
    },
    find: async (id) => {
      const row = await db.selectFrom('tokens').selectAll().where('id', '=', id).executeTakeFirst()
      return row && tokenOf(row)
    },
    revoke: async (id, at) => {
      const update = db.updateTable('tokens').set({ revoked_at: at })
      await update.where('id', '=', id).where('revoked_at', 'is', null).execute()
    },
    noteUse: async (id, at) => {
      await db.updateTable('tokens').set({ last_used_at: at }).where('id', '=', id).execute()
    },
  }
}

function tokenOf(row: Selectable<DataspaceTables['tokens']>): Token {
  return {
    id: row.id,
    participant: row.participant,
    hash: row.hash,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at ?? undefined,
    lastUsedAt: row.last_used_at ?? undefined,
  }
}
