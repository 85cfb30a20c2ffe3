import type { ExportFile, LoggedRecord, Predicate, RecordKind, Subject, TrustRoot } from '@dengta/evidence'
import type { PublicKey } from '@dengta/kernel'
import type { Transaction } from 'kysely'

/** A fact about to be recorded. The ledger adds `at`, `actor` and the signature of `actor`. */
export interface NewRecord<K extends RecordKind> {
  readonly kind: K
  /** The participant who states the fact; signs with the key that the house keeps for it. */
  readonly actor: string
  readonly subjects: readonly Subject[]
  readonly predicate: Omit<Predicate<K>, 'at' | 'actor'>
}

export interface RecordFilter {
  readonly scenario?: string
  readonly kinds?: readonly RecordKind[]
  /** Only records that rest on this one. */
  readonly basis?: string
  /** Only records with a leaf index at or above this. */
  readonly from?: number
  readonly limit?: number
}

/** A witness that does not cosign says that the log has forked, shrunk, or is not the one it knows. Never hide this. */
export interface WitnessRefusal {
  /** The size of the log's head that was refused. */
  readonly size: number
  /** HTTP status of C2SP tlog-witness: 409 and 422 mean fork or rollback, 403 and 404 an unknown log. */
  readonly status: number
  readonly answer: string
  readonly at: Date
}

export interface WitnessView {
  readonly name: string
  readonly cosignedSize: number
  /** Present while the newest head that this witness was asked about stands refused. */
  readonly refusal?: WitnessRefusal
}

export interface LogHead {
  readonly size: number
  /** Hexadecimal. */
  readonly rootHash: string
  /** The signed note, C2SP tlog-checkpoint, with the cosignatures gathered so far. */
  readonly checkpoint: string
  /** The largest size that enough witnesses have cosigned. */
  readonly cosignedSize: number
  readonly witnesses: readonly WitnessView[]
}

/** The append-only log of the house. */
export interface Ledger {
  /** Act and record are one transaction: called inside the act's own, it either commits with it or not at all. */
  // biome-ignore lint/suspicious/noExplicitAny: any package's transaction will do
  append<K extends RecordKind>(tx: Transaction<any>, record: NewRecord<K>): Promise<LoggedRecord<K>>
  records(filter?: RecordFilter): Promise<readonly LoggedRecord[]>
  find(id: string): Promise<LoggedRecord | undefined>
  /** How many records of each kind the log holds. */
  counts(): Promise<ReadonlyMap<RecordKind, number>>
  head(): Promise<LogHead>
  trust(): TrustRoot
  /** Records with proofs against one checkpoint that the witnesses have cosigned (waits for them up to `waitMs`). */
  export(title: string, ids: readonly string[], waitMs?: number): Promise<ExportFile>
  /** C2SP tlog-tiles: `tile/<L>/<N>[.p/<W>]` and `tile/entries/<N>[.p/<W>]`; undefined where no such tile exists. */
  tile(path: string): Promise<Uint8Array | undefined>
  /** Makes a key pair for a participant and keeps its private half in the key folder; inside the act's transaction nothing is lost either way. */
  createKey(participant: string): Promise<PublicKey>
  close(): Promise<void>
}
