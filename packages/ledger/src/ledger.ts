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
  /** Only records with a leaf index at or above this. */
  readonly from?: number
  readonly limit?: number
}

export interface LogHead {
  readonly size: number
  readonly rootHash: string
  /** The signed note, C2SP tlog-checkpoint, with the cosignatures gathered so far. */
  readonly checkpoint: string
  readonly cosignedSize: number
  readonly witnesses: readonly { readonly name: string; readonly cosignedSize: number }[]
}

/** The append-only log of the house. */
export interface Ledger {
  /** Act and record are one transaction: called inside the act's own, it either commits with it or not at all. */
  // biome-ignore lint/suspicious/noExplicitAny: any package's transaction will do
  append<K extends RecordKind>(tx: Transaction<any>, record: NewRecord<K>): Promise<LoggedRecord<K>>
  records(filter?: RecordFilter): Promise<readonly LoggedRecord[]>
  find(id: string): Promise<LoggedRecord | undefined>
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
