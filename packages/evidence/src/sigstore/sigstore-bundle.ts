import { base64 } from '@dengta/kernel'
import { errors } from '../errors.ts'
import type { ExportedRecord, ExportFile } from '../export-file.ts'
import { openCheckpoint } from '../note/checkpoint.ts'
import type { Envelope } from '../record.ts'
import { recordIdOf } from '../statement/dsse.ts'
import { logEntry } from '../statement/log-entry.ts'
import { sigstoreLogId } from './sigstore-trust.ts'

/** One record as a Sigstore bundle v0.3 (protobuf-specs 0.5, sigstore_bundle.proto), JSON form. */
export interface SigstoreBundle {
  readonly mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json'
  readonly verificationMaterial: {
    readonly publicKey: { readonly hint: string }
    readonly tlogEntries: readonly [SigstoreLogEntry]
  }
  readonly dsseEnvelope: Envelope
}

export interface SigstoreLogEntry {
  readonly logIndex: string
  readonly logId: { readonly keyId: string }
  readonly kindVersion: { readonly kind: 'dsse'; readonly version: '0.0.2' }
  readonly inclusionProof: {
    readonly logIndex: string
    readonly rootHash: string
    readonly treeSize: string
    readonly hashes: readonly string[]
    readonly checkpoint: { readonly envelope: string }
  }
  readonly canonicalizedBody: string
}

/**
 * Takes one record out of an export for verifiers that we did not write. Throws `evidence.*`.
 * The bundle carries no trusted time: verify it with a timestamp threshold of 0.
 */
export function toSigstoreBundle(file: ExportFile, recordId: string): SigstoreBundle {
  const record = file.records.find((one) => recordIdOf(one.envelope) === recordId)
  if (record === undefined) throw errors.record_not_in_export({ id: recordId })
  return {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: {
      publicKey: { hint: record.envelope.signatures[0].keyid },
      tlogEntries: [bundleLogEntry(file, record)],
    },
    dsseEnvelope: record.envelope,
  }
}

function bundleLogEntry({ checkpoint, trust }: ExportFile, record: ExportedRecord): SigstoreLogEntry {
  const head = openCheckpoint(checkpoint, trust)
  const logIndex = String(record.index)
  return {
    logIndex,
    logId: { keyId: sigstoreLogId(trust) },
    kindVersion: { kind: 'dsse', version: '0.0.2' },
    inclusionProof: {
      logIndex,
      rootHash: base64(head.root),
      treeSize: String(head.size),
      hashes: record.proof,
      checkpoint: { envelope: checkpoint },
    },
    canonicalizedBody: base64(logEntry(record.envelope, record.key)),
  }
}
