import { base64, concatBytes, fromBase64, hex, type PublicKey, sha256, utf8 } from '@dengta/kernel'
import { errors } from '../errors.ts'

/** Signature types of C2SP signed-note: a plain Ed25519 signature, and a timestamped cosignature of a witness. */
export const NOTE_SIGNATURE = 0x01
export const COSIGNATURE = 0x04
export type NoteKeyType = typeof NOTE_SIGNATURE | typeof COSIGNATURE

const ED25519_SPKI_BYTES = 44
const SPACE_OR_PLUS = /[\s\u0085+]/u

/** Who signs notes: names stand in the note beside the signature. */
export interface NoteKey {
  readonly name: string
  readonly key: PublicKey
}

/** SHA-256 of name, newline, type and public key. Throws `evidence.note_*` on an unusable name or key. */
export function noteKeyHash({ name, key }: NoteKey, type: NoteKeyType): Uint8Array {
  checkNoteName(name)
  return sha256(concatBytes(utf8(`${name}\n`), Uint8Array.of(type), rawKey(name, key)))
}

/** The first 4 bytes of that hash: what a signature line carries. */
export function noteKeyId(noteKey: NoteKey, type: NoteKeyType): Uint8Array {
  return noteKeyHash(noteKey, type).subarray(0, 4)
}

/** The one-line form that other tools take, such as Go's sumdb/note: `<name>+<key id>+<type and key>`. */
export function verifierKey(noteKey: NoteKey, type: NoteKeyType): string {
  const { name, key } = noteKey
  return `${name}+${hex(noteKeyId(noteKey, type))}+${base64(concatBytes(Uint8Array.of(type), rawKey(name, key)))}`
}

export function checkNoteName(name: string): void {
  if (name === '' || SPACE_OR_PLUS.test(name)) throw errors.note_name_malformed({ name })
}

/** The 32 bytes of an Ed25519 key (RFC 8410: the tail of its SubjectPublicKeyInfo). */
function rawKey(name: string, key: PublicKey): Uint8Array {
  const spki = fromBase64(key.spki)
  if (key.algorithm !== 'ed25519' || spki.length !== ED25519_SPKI_BYTES) throw errors.note_key_unsupported({ name })
  return spki.subarray(ED25519_SPKI_BYTES - 32)
}
