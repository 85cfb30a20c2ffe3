import { SUITES, sha256, verifyEd25519, verifySm2 } from '#crypto'
import { fromBase64, hex } from './bytes.ts'

export { sha256 }

/** Signature suites. Ed25519 (RFC 8032) is the default; SM2 with SM3 (GB/T 32918, GB/T 32905) is selectable. */
export type SignatureAlgorithm = 'ed25519' | 'sm2'

/** A public key that anyone may hold. `spki` is base64 of the DER SubjectPublicKeyInfo. */
export interface PublicKey {
  readonly algorithm: SignatureAlgorithm
  readonly spki: string
}

/** Signs bytes; where the private key lives is the holder's affair. */
export interface Signer {
  readonly publicKey: PublicKey
  sign(data: Uint8Array): Uint8Array
}

export function sha256Hex(bytes: Uint8Array): string {
  return hex(sha256(bytes))
}

/** The name of a key: SHA-256 of its SubjectPublicKeyInfo, hexadecimal. */
export function keyId(key: PublicKey): string {
  return sha256Hex(fromBase64(key.spki))
}

/** Whether this program can tell a valid signature of this key from an invalid one: SM2 needs Node with an OpenSSL that has it. */
export function verifiableHere(key: PublicKey): boolean {
  return SUITES.includes(key.algorithm)
}

/** True only for a valid signature; malformed keys and signatures are simply not valid. */
export function verifySignature(key: PublicKey, data: Uint8Array, signature: Uint8Array): boolean {
  try {
    const spki = fromBase64(key.spki)
    return key.algorithm === 'ed25519' ? verifyEd25519(spki, data, signature) : verifySm2(spki, data, signature)
  } catch {
    return false
  }
}
