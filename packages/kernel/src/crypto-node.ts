import { createHash, createPublicKey, getCurves, getHashes, type KeyObject, verify } from 'node:crypto'
import { isSm2, rawEd25519 } from './public-key-form.ts'

/** The signature suites that can be verified here. */
export const SUITES: readonly string[] =
  getHashes().includes('sm3') && getCurves().includes('SM2') ? ['ed25519', 'sm2'] : ['ed25519']

export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest())
}

/** `spki` is the DER SubjectPublicKeyInfo of an Ed25519 key. */
export function verifyEd25519(spki: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean {
  return rawEd25519(spki) !== undefined && verify(null, data, keyObject(spki), signature)
}

/** SM2 signature with SM3 (GB/T 32918.2, GB/T 32905) over a DER SubjectPublicKeyInfo. */
export function verifySm2(spki: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean {
  return isSm2(spki) && verify('sm3', data, keyObject(spki), signature)
}

function keyObject(spki: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
}
