import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'
import { rawEd25519 } from './public-key-form.ts'

/** The signature suites that can be verified here: SM2 has no implementation in browsers. */
export const SUITES: readonly string[] = ['ed25519']

export function sha256(bytes: Uint8Array): Uint8Array {
  return nobleSha256(bytes)
}

/** `spki` is the DER SubjectPublicKeyInfo of an Ed25519 key. */
export function verifyEd25519(spki: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean {
  const raw = rawEd25519(spki)
  if (raw === undefined || signature.length !== 64) return false
  return ed25519.verify(signature, data, raw, { zip215: false })
}

/** Throws: the answer would be "not verified here", and that is no boolean. See `verifiableHere`. */
export function verifySm2(): boolean {
  throw new TypeError('SM2 signatures are verified by `dengta verify`, not in a browser')
}
