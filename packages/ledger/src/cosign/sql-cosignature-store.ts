import { COSIGNATURE, type NoteKey, verifierKey } from '@dengta/evidence'
import { type Kysely, sql } from 'kysely'
import type { WitnessRefusal } from '../ledger.ts'
import type { LogTables } from '../log/tables.ts'

/** A cosignature as the witness gave it: `line` goes below the note of the log's own checkpoint. */
interface StoredCosignature {
  readonly size: number
  readonly checkpoint: string
  readonly line: string
}

/** At least `threshold` witnesses, on a size of at least `from`. */
interface Quorum {
  readonly threshold: number
  readonly from: number
}

export interface CosignatureStore {
  add(witness: NoteKey, cosignature: StoredCosignature): Promise<void>
  /** The largest size that this witness has cosigned, 0 where none. */
  cosignedSize(witness: NoteKey): Promise<number>
  /** The largest size that enough of these witnesses have cosigned; undefined where there is none. */
  largestCosigned(witnesses: readonly NoteKey[], quorum: Quorum): Promise<number | undefined>
  /** The log's checkpoint of a size with the cosignatures of these witnesses below it; undefined where none cosigned it. */
  cosignedCheckpoint(witnesses: readonly NoteKey[], size: number): Promise<string | undefined>
  refuse(witness: NoteKey, refusal: WitnessRefusal): Promise<void>
  refusal(witness: NoteKey): Promise<WitnessRefusal | undefined>
}

/** A witness is known by name and key together: under a new key it is another witness. */
const nameOf = (witness: NoteKey): string => verifierKey(witness, COSIGNATURE)

export function sqlCosignatureStore(db: Kysely<LogTables>): CosignatureStore {
  const cosignatures = () => db.selectFrom('log_cosignatures')
  return {
    add: async (witness, { size, checkpoint, line }) => {
      const row = { witness: nameOf(witness), size, checkpoint, cosignature: line }
      await db
        .insertInto('log_cosignatures')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
    cosignedSize: async (witness) => {
      const query = cosignatures().where('witness', '=', nameOf(witness))
      const row = await query.select((of) => of.fn.max('size').as('size')).executeTakeFirst()
      return Number(row?.size ?? 0)
    },
    largestCosigned: async (witnesses, { threshold, from }) => {
      if (witnesses.length === 0) return undefined
      const query = cosignatures().where('witness', 'in', witnesses.map(nameOf)).where('size', '>=', String(from))
      const enough = query.groupBy('size').having(sql`count(*)`, '>=', threshold)
      const row = await enough.select('size').orderBy('size', 'desc').executeTakeFirst()
      return row && Number(row.size)
    },
    cosignedCheckpoint: async (witnesses, size) => {
      if (witnesses.length === 0) return undefined
      const query = cosignatures().where('size', '=', String(size)).where('witness', 'in', witnesses.map(nameOf))
      const rows = await query.select(['checkpoint', 'cosignature']).orderBy('witness').execute()
      return rows[0] && rows[0].checkpoint + rows.map((row) => row.cosignature).join('')
    },
    refuse: async (witness, refusal) => {
      const insert = db.insertInto('log_refusals').values({ witness: nameOf(witness), ...refusal })
      await insert.onConflict((conflict) => conflict.column('witness').doUpdateSet(refusal)).execute()
    },
    refusal: async (witness) => {
      const query = db.selectFrom('log_refusals').where('witness', '=', nameOf(witness))
      const row = await query.select(['size', 'status', 'answer', 'at']).executeTakeFirst()
      return row && { ...row, size: Number(row.size) }
    },
  }
}
