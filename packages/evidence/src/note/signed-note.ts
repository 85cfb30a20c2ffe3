import {
  base64,
  concatBytes,
  equalBytes,
  fromBase64,
  type PublicKey,
  type Signer,
  utf8,
  verifySignature,
} from '@dengta/kernel'
import { errors } from '../errors.ts'
import { checkNoteName, NOTE_SIGNATURE, type NoteKey, type NoteKeyType, noteKeyId } from './note-key.ts'

/** One signature line. `signature` is what follows the 4 bytes of the key id. */
export interface NoteSignature {
  readonly name: string
  readonly keyId: Uint8Array
  readonly signature: Uint8Array
}

/** C2SP signed-note. `text` ends in a newline, and is what is signed. */
export interface SignedNote {
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: signed-note forbids control characters and what is not UTF-8
const FORBIDDEN = /[\u0000-\u0009\u000b-\u001f\p{Surrogate}]/u
const SIGNATURE_LINE = /^\u2014 (\S+) (\S+)$/u
const MAX_SIGNATURES = 64

/** Signs a text (which ends in a newline) and returns the whole note. */
export function signNote(text: string, name: string, signer: Signer): string {
  const keyId = noteKeyId({ name, key: signer.publicKey }, NOTE_SIGNATURE)
  return `${text}\n${signatureLine({ name, keyId, signature: signer.sign(utf8(text)) })}`
}

/** One line, with its newline: append it to a note to add a signature. */
export function signatureLine({ name, keyId, signature }: NoteSignature): string {
  return `\u2014 ${name} ${base64(concatBytes(keyId, signature))}\n`
}

/**
 * Reads a note without verifying it. Throws `evidence.note_malformed` on anything outside the format,
 * on more than 64 signatures, and on two lines of one key.
 */
export function parseNote(note: string): SignedNote {
  const gap = note.lastIndexOf('\n\n')
  const text = note.slice(0, gap + 1)
  const firstLine = text.split('\n').length + 1
  const forbidden = FORBIDDEN.exec(note)
  if (forbidden !== null) throw errors.note_malformed({ line: note.slice(0, forbidden.index).split('\n').length })
  if (gap < 1 || !note.endsWith('\n')) throw errors.note_malformed({ line: note.split('\n').length })
  const lines = note.slice(gap + 2, -1).split('\n')
  if (lines.length > MAX_SIGNATURES) throw errors.note_malformed({ line: firstLine + MAX_SIGNATURES })
  const signatures = lines.map((line, i) => parseSignatureLine(line, firstLine + i))
  const repeated = signatures.findIndex((one, i) => signatures.slice(0, i).some((other) => sameKey(one, other)))
  if (repeated >= 0) throw errors.note_malformed({ line: firstLine + repeated })
  return { text, signatures }
}

/** The signature of a known key, undefined where the note carries none. Lines of unknown keys are ignored. */
export function findSignature(note: SignedNote, noteKey: NoteKey, type: NoteKeyType): NoteSignature | undefined {
  const wanted = { name: noteKey.name, keyId: noteKeyId(noteKey, type) }
  return note.signatures.find((one) => sameKey(one, wanted))
}

/** Throws `evidence.note_unsigned` and `evidence.note_signature_wrong`. */
export function verifyNote(note: SignedNote, name: string, key: PublicKey): void {
  const found = findSignature(note, { name, key }, NOTE_SIGNATURE)
  if (found === undefined) throw errors.note_unsigned({ name })
  if (!verifySignature(key, utf8(note.text), found.signature)) throw errors.note_signature_wrong({ name })
}

function parseSignatureLine(line: string, number: number): NoteSignature {
  const [, name, encoded] = SIGNATURE_LINE.exec(line) ?? []
  if (name === undefined || encoded === undefined) throw errors.note_malformed({ line: number })
  try {
    checkNoteName(name)
    const bytes = fromBase64(encoded)
    if (bytes.length > 4) return { name, keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) }
  } catch (cause) {
    throw errors.note_malformed({ line: number }, cause)
  }
  throw errors.note_malformed({ line: number })
}

type KeyOfNote = Pick<NoteSignature, 'name' | 'keyId'>

function sameKey(a: KeyOfNote, b: KeyOfNote): boolean {
  return a.name === b.name && equalBytes(a.keyId, b.keyId)
}
