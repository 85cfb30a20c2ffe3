import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'

/** The signature suites that can be verified here: SM2 has no implementation in browsers. */
export const SUITES: readonly string[] = ['ed25519']

const ED25519_SPKI_PREFIX = '302a300506032b6570032100'
const PREFIX_BYTES = ED25519_SPKI_PREFIX.length / 2

export function sha256(bytes: Uint8Array): Uint8Array {
  return nobleSha256(bytes)
}

/** `spki` is the DER SubjectPublicKeyInfo of an Ed25519 key. */
export function verifyEd25519(spki: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean {
  const prefix = Array.from(spki.subarray(0, PREFIX_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join('')
  if (prefix !== ED25519_SPKI_PREFIX || spki.length !== PREFIX_BYTES + 32 || signature.length !== 64) return false
  return ed25519.verify(signature, data, spki.subarray(PREFIX_BYTES), { zip215: false })
}

/** SM2 has no implementation in browsers: the answer is "not verified here", never a guess. */
export function verifySm2(): boolean {
  throw new TypeError('SM2 signatures are verified by `dengta verify`, not in a browser')
}
