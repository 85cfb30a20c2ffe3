import type { PublicKey } from '@dengta/kernel'
import type { Predicate, RecordKind } from './predicates/index.ts'

/** in-toto Statement v1 (in-toto/attestation, spec/v1/statement.md). */
export interface Statement<K extends RecordKind = RecordKind> {
  readonly _type: 'https://in-toto.io/Statement/v1'
  readonly subject: readonly Subject[]
  readonly predicateType: string
  readonly predicate: Predicate<K>
}

export interface Subject {
  readonly name: string
  readonly digest: { readonly sha256: string }
}

/** DSSE envelope (secure-systems-lab/dsse, envelope.md): `payload` and `sig` are base64. */
export interface Envelope {
  readonly payloadType: 'application/vnd.in-toto+json'
  readonly payload: string
  readonly signatures: readonly [{ readonly keyid: string; readonly sig: string }]
}

/** A record as the log keeps it. `id` = SHA-256 of the payload bytes, `index` = its leaf in the log. */
export interface LoggedRecord<K extends RecordKind = RecordKind> {
  readonly id: string
  readonly index: number
  readonly kind: K
  readonly envelope: Envelope
  readonly key: PublicKey
  readonly statement: Statement<K>
}
