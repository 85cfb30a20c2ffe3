import type { NoteKey } from '@dengta/evidence'
import { hex } from '@dengta/kernel'
import type { Kysely } from 'kysely'
import type { CosignatureStore } from '../cosign/sql-cosignature-store.ts'
import type { LogHead, WitnessView } from '../ledger.ts'
import { readHead, type StoredHead } from './sql-log-store.ts'
import type { LogTables } from './tables.ts'

export interface Cosigned {
  readonly db: Kysely<LogTables>
  readonly store: CosignatureStore
  readonly witnesses: readonly NoteKey[]
  readonly threshold: number
}

/** The newest head with the cosignatures gathered so far, and how far each witness has come. */
export async function readLogHead(log: Cosigned): Promise<LogHead> {
  const head = await currentHead(log)
  const cosigned = log.threshold === 0 ? head.size : ((await largestCosigned(log, 0)) ?? 0)
  return {
    size: head.size,
    rootHash: hex(head.root),
    checkpoint: (await cosignedCheckpoint(log, head.size)) ?? head.checkpoint,
    cosignedSize: cosigned,
    witnesses: await Promise.all(log.witnesses.map((witness) => viewOf(witness, log.store))),
  }
}

/** A checkpoint that covers `size` records: the newest with enough cosignatures; undefined where there is none yet. */
export async function coveringCheckpoint(
  log: Cosigned,
  size: number,
): Promise<{ size: number; checkpoint: string } | undefined> {
  if (log.threshold === 0) return currentHead(log)
  const cosigned = await largestCosigned(log, size)
  const checkpoint = cosigned === undefined ? undefined : await cosignedCheckpoint(log, cosigned)
  return cosigned === undefined || checkpoint === undefined ? undefined : { size: cosigned, checkpoint }
}

export async function currentHead({ db }: Pick<Cosigned, 'db'>): Promise<StoredHead> {
  const head = await readHead(db)
  if (head === undefined) throw new Error('the log has no head although it was opened')
  return head
}

const largestCosigned = ({ store, witnesses, threshold }: Cosigned, from: number) =>
  store.largestCosigned(witnesses, { threshold, from })

const cosignedCheckpoint = ({ store, witnesses }: Cosigned, size: number) => store.cosignedCheckpoint(witnesses, size)

/** A refusal is over once the witness has cosigned beyond it. */
async function viewOf(witness: NoteKey, store: CosignatureStore): Promise<WitnessView> {
  const cosignedSize = await store.cosignedSize(witness)
  const refusal = await store.refusal(witness)
  const view = { name: witness.name, cosignedSize }
  return refusal && refusal.size > cosignedSize ? { ...view, refusal } : view
}
