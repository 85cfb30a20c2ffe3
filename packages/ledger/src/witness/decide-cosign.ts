import {
  type Checkpoint,
  EMPTY_ROOT,
  parseCheckpoint,
  parseNote,
  type SignedNote,
  type TrustRoot,
  verifyConsistency,
  verifyNote,
} from '@dengta/evidence'
import { equalBytes } from '@dengta/kernel'
import type { AddCheckpoint } from './add-checkpoint.ts'

/** The last head of a log that the witness has cosigned. */
export type WitnessedHead = Pick<Checkpoint, 'size' | 'root'>

/** What a witness knows of one log. `head` is undefined before its first cosignature. */
export interface WitnessedLog {
  readonly log: Pick<TrustRoot, 'origin' | 'log'>
  readonly head: WitnessedHead | undefined
}

/** HTTP status and body of a refusal (C2SP tlog-witness, "add-checkpoint"). */
interface CosignRefusal {
  readonly ok: false
  readonly status: 400 | 403 | 404 | 409 | 422
  readonly answer: string
}

/** `text` is what to cosign, after `head` is safely remembered. */
export type CosignDecision =
  | { readonly ok: true; readonly origin: string; readonly head: WitnessedHead; readonly text: string }
  | CosignRefusal

const refuse = (status: CosignRefusal['status'], answer: string): CosignRefusal => ({ ok: false, status, answer })

/** A witness cosigns only a log that has grown from what the witness saw last. `find` looks up a log by its origin. */
export function decideCosign(
  request: AddCheckpoint | undefined,
  find: (origin: string) => WitnessedLog | undefined,
): CosignDecision {
  const read = request && readCheckpoint(request.checkpoint)
  if (request === undefined || read === undefined) return refuse(400, 'the request is malformed\n')
  const known = find(read.checkpoint.origin)
  if (known === undefined) return refuse(404, 'this log is not known here\n')
  if (!isSigned(read.note, known.log)) return refuse(403, 'no signature of the log verifies\n')
  return decideGrowth(request, read, known.head ?? { size: 0, root: EMPTY_ROOT })
}

interface ReadCheckpoint {
  readonly note: SignedNote
  readonly checkpoint: Checkpoint
}

function decideGrowth({ oldSize, proof }: AddCheckpoint, read: ReadCheckpoint, last: WitnessedHead): CosignDecision {
  const { origin, size, root } = read.checkpoint
  if (oldSize > size) return refuse(400, 'the old size is above the size of the checkpoint\n')
  if (oldSize !== last.size) return refuse(409, `${last.size}\n`)
  if (size === last.size && !equalBytes(root, last.root)) return refuse(409, `${last.size}\n`)
  const claim = { oldSize, newSize: size, oldRoot: last.root, newRoot: root, proof }
  if (!verifyConsistency(claim)) return refuse(422, 'the consistency proof does not verify\n')
  return { ok: true, origin, head: { size, root }, text: read.note.text }
}

function readCheckpoint(text: string): ReadCheckpoint | undefined {
  try {
    const note = parseNote(text)
    return { note, checkpoint: parseCheckpoint(note.text) }
  } catch {
    return undefined
  }
}

function isSigned(note: SignedNote, { origin, log }: WitnessedLog['log']): boolean {
  try {
    verifyNote(note, origin, log)
    return true
  } catch {
    return false
  }
}
