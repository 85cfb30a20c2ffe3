import { base64, keyId, type PublicKey } from '@dengta/kernel'
import type { TrustRoot } from '../export-file.ts'
import { NOTE_SIGNATURE, noteKeyHash, noteKeyId } from '../note/note-key.ts'

const EVER = { start: '1970-01-01T00:00:00Z' }

interface SigstoreKey {
  readonly rawBytes: string
  readonly keyDetails: 'PKIX_ED25519'
  readonly validFor: typeof EVER
}

/** A TrustedRoot of Sigstore (sigstore_trustroot.proto), JSON form: one log, no certificate authorities. */
export interface SigstoreTrustedRoot {
  readonly mediaType: 'application/vnd.dev.sigstore.trustedroot.v0.2+json'
  readonly tlogs: readonly [
    {
      readonly baseUrl: string
      readonly hashAlgorithm: 'SHA2_256'
      readonly publicKey: SigstoreKey
      readonly logId: { readonly keyId: string }
      readonly checkpointKeyId: { readonly keyId: string }
    },
  ]
  readonly certificateAuthorities: readonly []
  readonly ctlogs: readonly []
  readonly timestampAuthorities: readonly []
}

/** The trust root for verifiers of Sigstore bundles. Throws `evidence.note_key_unsupported`. */
export function sigstoreTrustedRoot(trust: TrustRoot): SigstoreTrustedRoot {
  const checkpointKey = noteKeyId({ name: trust.origin, key: trust.log }, NOTE_SIGNATURE)
  return {
    mediaType: 'application/vnd.dev.sigstore.trustedroot.v0.2+json',
    tlogs: [
      {
        baseUrl: `https://${trust.origin}`,
        hashAlgorithm: 'SHA2_256',
        publicKey: sigstoreKey(trust.log),
        logId: { keyId: sigstoreLogId(trust) },
        checkpointKeyId: { keyId: base64(checkpointKey) },
      },
    ],
    certificateAuthorities: [],
    ctlogs: [],
    timestampAuthorities: [],
  }
}

/** Keys of signers by the hint that a bundle names, for `toTrustMaterial`. Ed25519 keys only: Sigstore knows no SM2. */
export function sigstoreSignerKeys(keys: readonly PublicKey[]): Readonly<Record<string, SigstoreKey>> {
  const known = keys.filter((key) => key.algorithm === 'ed25519')
  return Object.fromEntries(known.map((key) => [keyId(key), sigstoreKey(key)]))
}

/** Rekor v2: the whole SHA-256 of which a note shows the first 4 bytes, base64. */
export function sigstoreLogId({ origin, log }: TrustRoot): string {
  return base64(noteKeyHash({ name: origin, key: log }, NOTE_SIGNATURE))
}

function sigstoreKey(key: PublicKey): SigstoreKey {
  return { rawBytes: key.spki, keyDetails: 'PKIX_ED25519', validFor: EVER }
}
