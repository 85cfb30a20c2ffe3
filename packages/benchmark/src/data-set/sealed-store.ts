import type { SealedTable } from './sealed-format.ts'

export interface Sealed extends SealedTable {
  /** The key of the salts, 32 bytes. */
  readonly secret: Uint8Array
}

/** Where hidden rows lie: apart from all that is ever served. */
export interface SealedStore {
  /** Answers the SHA-256 of what was written; it survives a power cut before this returns. */
  write(dataset: string, sealed: Sealed): Promise<string>
  /** Throws `data_set.sealed_missing`, and `data_set.sealed_damaged` where the digest is another. */
  read(dataset: string, digest: string): Promise<Sealed>
  remove(dataset: string): Promise<void>
  /** Removes what a crash left behind: all but the data sets named. */
  clean(keep: readonly string[]): Promise<void>
}
