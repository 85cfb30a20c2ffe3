import {
  base64,
  canonicalJson,
  concatBytes,
  fromBase64,
  keyId,
  type PublicKey,
  type Signer,
  sha256Hex,
  utf8,
  verifySignature,
} from '@dengta/kernel'
import type { Envelope, Statement } from '../record.ts'

const PAYLOAD_TYPE = 'application/vnd.in-toto+json'

/** DSSE v1 pre-authentication encoding (secure-systems-lab/dsse, protocol.md): what is really signed. */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = utf8(payloadType)
  return concatBytes(utf8(`DSSEv1 ${type.length} `), type, utf8(` ${payload.length} `), payload)
}

/** The payload is the canonical JSON of the statement. */
export function signEnvelope(statement: Statement, signer: Signer): Envelope {
  const payload = utf8(canonicalJson(statement))
  const signature = signer.sign(preAuthEncoding(PAYLOAD_TYPE, payload))
  return {
    payloadType: PAYLOAD_TYPE,
    payload: base64(payload),
    signatures: [{ keyid: keyId(signer.publicKey), sig: base64(signature) }],
  }
}

/** True only where the one signature names this key and verifies; a malformed envelope is simply not valid. */
export function verifyEnvelope(envelope: Envelope, key: PublicKey): boolean {
  try {
    const [signature] = envelope.signatures
    if (envelope.payloadType !== PAYLOAD_TYPE || signature.keyid !== keyId(key)) return false
    const signed = preAuthEncoding(PAYLOAD_TYPE, fromBase64(envelope.payload))
    return verifySignature(key, signed, fromBase64(signature.sig))
  } catch {
    return false
  }
}

/** The id of a record: SHA-256 of its payload bytes, hexadecimal. Throws TypeError on malformed base64. */
export function recordIdOf(envelope: Envelope): string {
  return sha256Hex(fromBase64(envelope.payload))
}
