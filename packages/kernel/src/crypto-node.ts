import { createHash, createPublicKey, getCurves, getHashes, verify } from 'node:crypto'

/** The signature suites that can be verified here. */
export const SUITES: readonly string[] =
  getHashes().includes('sm3') && getCurves().includes('SM2') ? ['ed25519', 'sm2'] : ['ed25519']

export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest())
}

/** `spki` is the DER SubjectPublicKeyInfo of an Ed25519 key. */
export function verifyEd25519(spki: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  return key.asymmetricKeyType === 'ed25519' && verify(null, data, key, signature)
}

/** SM2 signature with SM3 (GB/T 32918.2, GB/T 32905) over a DER SubjectPublicKeyInfo. */
export function verifySm2(spki: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  return verify('sm3', data, key, signature)
}
