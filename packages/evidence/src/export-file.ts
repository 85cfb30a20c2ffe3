import type { PublicKey } from '@dengta/kernel'
import type { Envelope } from './record.ts'

/** Whom a verifier believes. Handed over once, by another way than the export itself. */
export interface TrustRoot {
  readonly origin: string
  readonly log: PublicKey
  readonly witnesses: readonly { readonly name: string; readonly key: PublicKey }[]
  /** How many witnesses must have cosigned a checkpoint. */
  readonly threshold: number
}

/** One record with all that a stranger needs to check it. Hashes in `proof` are base64. */
export interface ExportedRecord {
  readonly index: number
  readonly envelope: Envelope
  readonly key: PublicKey
  readonly proof: readonly string[]
}

/** One file, checked without a server: records, one cosigned checkpoint, and the trust root it was made under. */
export interface ExportFile {
  readonly format: 'dengta-export/v1'
  readonly title: string
  readonly checkpoint: string
  readonly trust: TrustRoot
  readonly records: readonly ExportedRecord[]
}

/** One thing that was checked, in plain words. */
export interface VerificationCheck {
  readonly code: string
  readonly ok: boolean
  readonly text: { readonly en: string; readonly zh: string }
}

export interface VerificationReport {
  readonly ok: boolean
  /** True where the caller supplied the trust root; false where it was taken from the file itself. */
  readonly pinned: boolean
  readonly records: number
  readonly checks: readonly VerificationCheck[]
}
