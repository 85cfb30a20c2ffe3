import { base64, fromBase64, type Signer } from '@dengta/kernel'
import { errors } from '../errors.ts'
import type { TrustRoot } from '../export-file.ts'
import { parseNote, type SignedNote, signNote, verifyNote } from './signed-note.ts'

/** The head of a log: `size` leaves under `root` (32 bytes). */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
}

export interface OpenedCheckpoint extends Checkpoint {
  readonly note: SignedNote
}

const DECIMAL = /^(0|[1-9][0-9]*)$/

/** The three lines of a C2SP tlog-checkpoint. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${base64(root)}\n`
}

/** The log signs under its origin as key name (C2SP tlog-checkpoint, "Signatures"). */
export function signCheckpoint(checkpoint: Checkpoint, signer: Signer): string {
  return signNote(checkpointText(checkpoint), checkpoint.origin, signer)
}

/** Strict: exactly three lines, no extension lines. Throws `evidence.checkpoint_malformed`. */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin, size, root, end, ...more] = text.split('\n')
  if (origin === undefined || origin === '') throw errors.checkpoint_malformed({ line: 1 })
  if (size === undefined || !DECIMAL.test(size) || !Number.isSafeInteger(Number(size)))
    throw errors.checkpoint_malformed({ line: 2 })
  const hash = parseRoot(root)
  if (end !== '' || more.length > 0) throw errors.checkpoint_malformed({ line: 4 })
  return { origin, size: Number(size), root: hash }
}

/** Reads a checkpoint and verifies the log's own signature. Throws `evidence.*`. */
export function openCheckpoint(note: string, trust: Pick<TrustRoot, 'origin' | 'log'>): OpenedCheckpoint {
  const signed = parseNote(note)
  const checkpoint = parseCheckpoint(signed.text)
  if (checkpoint.origin !== trust.origin)
    throw errors.origin_differs({ expected: trust.origin, got: checkpoint.origin })
  verifyNote(signed, trust.origin, trust.log)
  return { ...checkpoint, note: signed }
}

function parseRoot(line: string | undefined): Uint8Array {
  try {
    const hash = fromBase64(line ?? '')
    if (hash.length === 32) return hash
  } catch (cause) {
    throw errors.checkpoint_malformed({ line: 3 }, cause)
  }
  throw errors.checkpoint_malformed({ line: 3 })
}
