import { consistencyNodes, consistencyProof, cosignaturesOf, hashesAt, parseNote } from '@dengta/evidence'
import type { Clock } from '@dengta/kernel'
import type { Kysely } from 'kysely'
import { ledgerErrors } from '../errors.ts'
import { readHead, readNodes, type StoredHead } from '../log/sql-log-store.ts'
import type { LogTables } from '../log/tables.ts'
import type { CosignatureStore } from './sql-cosignature-store.ts'
import { askWitness, type Witness, type WitnessAnswer } from './witness-client.ts'

export interface CosignParts {
  readonly db: Kysely<LogTables>
  readonly store: CosignatureStore
  readonly clock: Clock
}

/** Where one witness stands towards the newest head: it has cosigned it, or refused it. */
export type CosignOutcome = 'cosigned' | 'refused'

/**
 * Asks one witness to cosign the newest committed head, with the proof that the log only grew since it last looked.
 * Keeps its cosignature, or its refusal. Throws where the witness cannot be reached or talks nonsense.
 */
export async function cosignHead(witness: Witness, parts: CosignParts): Promise<CosignOutcome> {
  const head = await readHead(parts.db)
  const last = await parts.store.cosignedSize(witness)
  if (head === undefined || head.size === last) return 'cosigned'
  const refused = await parts.store.refusal(witness)
  if (refused?.size === head.size) return 'refused'
  const answer = await askFrom(witness, head, Math.min(last, head.size), parts)
  if (answer.is === 'cosigned') return keepCosignature(witness, head, answer.lines, parts)
  return keepRefusal(witness, head, answer, parts)
}

/** Follows the witness once to where it stands; a witness beyond the head has seen records that this log lost. */
async function askFrom(
  witness: Witness,
  head: StoredHead,
  oldSize: number,
  parts: CosignParts,
): Promise<WitnessAnswer> {
  const answer = await ask(witness, head, oldSize, parts)
  const isBehindHead = answer.is === 'elsewhere' && answer.size <= head.size
  return isBehindHead ? ask(witness, head, answer.size, parts) : answer
}

async function ask(witness: Witness, head: StoredHead, oldSize: number, { db }: CosignParts): Promise<WitnessAnswer> {
  const hashAt = hashesAt(await readNodes(db, consistencyNodes(oldSize, head.size)))
  const proof = consistencyProof(oldSize, head.size, hashAt)
  return askWitness(witness, { oldSize, proof, checkpoint: head.checkpoint })
}

/** A witness may answer with lines of other keys too (C2SP tlog-witness); only the one that we know counts. */
async function keepCosignature(
  witness: Witness,
  { size, checkpoint }: StoredHead,
  lines: string,
  { store }: CosignParts,
): Promise<CosignOutcome> {
  const line = lines.split(/(?<=\n)/).find((one) => isCosigned(checkpoint + one, witness))
  if (line === undefined) throw ledgerErrors.witness_answer({ name: witness.name })
  await store.add(witness, { size, checkpoint, line })
  return 'cosigned'
}

function isCosigned(note: string, witness: Witness): boolean {
  try {
    return cosignaturesOf(parseNote(note), [witness]).length === 1
  } catch {
    return false
  }
}

async function keepRefusal(
  witness: Witness,
  { size }: StoredHead,
  answer: Exclude<WitnessAnswer, { is: 'cosigned' }>,
  { store, clock }: CosignParts,
): Promise<CosignOutcome> {
  const said =
    answer.is === 'refused' ? answer : { status: 409, answer: `the witness has seen ${answer.size} records already` }
  await store.refuse(witness, { size, status: said.status, answer: said.answer, at: clock.now() })
  return 'refused'
}
