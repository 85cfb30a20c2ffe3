import {
  base64,
  canonicalJson,
  fromBase64,
  type PublicKey,
  type SignatureAlgorithm,
  sha256,
  utf8,
} from '@dengta/kernel'
import type { Envelope } from '../record.ts'

/** `PublicKeyDetails` of sigstore_common.proto; SM2 has none there, so its entries are read by this verifier only. */
const KEY_DETAILS: Readonly<Record<SignatureAlgorithm, string>> = { ed25519: 'PKIX_ED25519', sm2: 'PKIX_SM2_SM3' }

/**
 * The log leaf of a record: canonical JSON of a Rekor v2 `dsse` 0.0.2 entry.
 * Hash it with `leafHash`. Throws TypeError on malformed base64.
 */
export function logEntry(envelope: Envelope, key: PublicKey): Uint8Array {
  const [signature] = envelope.signatures
  const verifier = { publicKey: { rawBytes: key.spki }, keyDetails: KEY_DETAILS[key.algorithm] }
  const dsseV002 = {
    payloadHash: { algorithm: 'SHA2_256', digest: base64(sha256(fromBase64(envelope.payload))) },
    signatures: [{ content: signature.sig, verifier }],
  }
  return utf8(canonicalJson({ apiVersion: '0.0.2', kind: 'dsse', spec: { dsseV002 } }))
}
