import type { Role } from '@dengta/kernel'
import type { Store } from '@dengta/store'
import type { Selectable } from 'kysely'
import { dataspaceErrors } from '../errors.ts'
import type { DataspaceTables } from '../tables.ts'
import type { Participant } from './participant.ts'
import type { ParticipantStore } from './participant-store.ts'

export function sqlParticipantStore(store: Store): ParticipantStore {
  const rows = () => store.db<DataspaceTables>().selectFrom('participants').selectAll()
  return {
    create: async (tx, { id, name, roles, keyId, record, joinedAt }) => {
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('participants')
        .values({ id, name, roles: [...roles], key_id: keyId, record, joined_at: joinedAt })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst()
      if (numInsertedOrUpdatedRows === 0n) throw dataspaceErrors.participant_exists({ id })
    },
    find: async (id) => {
      const row = await rows().where('id', '=', id).executeTakeFirst()
      return row && participantOf(row)
    },
    list: async () => (await rows().orderBy('joined_at').orderBy('id').execute()).map(participantOf),
  }
}

function participantOf(row: Selectable<DataspaceTables['participants']>): Participant {
  return {
    id: row.id,
    name: row.name,
    roles: row.roles as Role[],
    keyId: row.key_id,
    record: row.record,
    joinedAt: row.joined_at,
  }
}
