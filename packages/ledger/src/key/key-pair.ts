import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { base64, type PublicKey, type SignatureAlgorithm, type Signer, verifySignature } from '@dengta/kernel'
import { ledgerErrors } from '../errors.ts'

/** Makes a private key as PKCS#8 PEM. Throws `ledger.suite_unavailable` where OpenSSL lacks the suite. */
export function makePrivateKey(suite: SignatureAlgorithm): string {
  try {
    const pem = suite === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'SM2' })
    const text = pem.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    proveItSigns(signerOf(text))
    return text
  } catch (cause) {
    throw ledgerErrors.suite_unavailable({ suite }, cause)
  }
}

/**
 * Signs with a PKCS#8 PEM key. SM2 (GB/T 32918.2) needs the detour through PEM: OpenSSL 3 signs it only with a key
 * that it has decoded; a freshly generated one on that curve signs something that others refuse.
 */
export function signerOf(pem: string): Signer {
  const privateKey = createPrivateKey(pem)
  const publicKey: PublicKey = { algorithm: algorithmOf(privateKey), spki: base64(spkiOf(privateKey)) }
  const digest = publicKey.algorithm === 'ed25519' ? null : 'sm3'
  return { publicKey, sign: (data) => new Uint8Array(sign(digest, data, privateKey)) }
}

/** Node knows no name for a decoded SM2 key; every other foreign type has one. */
function algorithmOf(key: KeyObject): SignatureAlgorithm {
  if (key.asymmetricKeyType === 'ed25519') return 'ed25519'
  if (key.asymmetricKeyType === undefined) return 'sm2'
  throw new TypeError(`a key of type ${key.asymmetricKeyType} is not used here`)
}

function spkiOf(privateKey: KeyObject): Uint8Array {
  return new Uint8Array(createPublicKey(privateKey).export({ type: 'spki', format: 'der' }))
}

function proveItSigns(signer: Signer): void {
  const probe = new Uint8Array([1, 2, 3])
  if (!verifySignature(signer.publicKey, probe, signer.sign(probe))) throw new TypeError('a signature did not verify')
}
