import { concatBytes, type Signer, utf8, verifySignature } from '@dengta/kernel'
import { errors } from '../errors.ts'
import { COSIGNATURE, type NoteKey, noteKeyId } from './note-key.ts'
import { findSignature, type SignedNote, signatureLine } from './signed-note.ts'

const TIME_BYTES = 8

/** A witness saw this head, and that the log had only grown, at `time` (seconds since 1970). */
export interface Cosignature {
  readonly witness: string
  readonly time: number
}

export interface CosignOptions {
  readonly name: string
  readonly signer: Signer
  /** Seconds since 1970. */
  readonly time: number
}

/** C2SP tlog-cosignature `cosignature/v1`: the signature line to append to the note. `text` is the note without signatures. */
export function cosign(text: string, { name, signer, time }: CosignOptions): string {
  const keyId = noteKeyId({ name, key: signer.publicKey }, COSIGNATURE)
  const signature = concatBytes(bigEndian(time), signer.sign(cosignedMessage(text, time)))
  return signatureLine({ name, keyId, signature })
}

/** The valid cosignatures of known witnesses. A line of a known witness that does not verify throws `evidence.note_signature_wrong`. */
export function cosignaturesOf(note: SignedNote, witnesses: readonly NoteKey[]): readonly Cosignature[] {
  return witnesses.flatMap((witness) => {
    const time = cosignedTime(note, witness)
    return time === undefined ? [] : [{ witness: witness.name, time }]
  })
}

function cosignedTime(note: SignedNote, { name, key }: NoteKey): number | undefined {
  const found = findSignature(note, { name, key }, COSIGNATURE)
  if (found === undefined) return undefined
  const time = fromBigEndian(found.signature.subarray(0, TIME_BYTES))
  if (!verifySignature(key, cosignedMessage(note.text, time), found.signature.subarray(TIME_BYTES)))
    throw errors.note_signature_wrong({ name })
  return time
}

function cosignedMessage(text: string, time: number): Uint8Array {
  return utf8(`cosignature/v1\ntime ${time}\n${text}`)
}

function bigEndian(time: number): Uint8Array {
  const bytes = new Uint8Array(TIME_BYTES)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(time))
  return bytes
}

function fromBigEndian(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0)
}
