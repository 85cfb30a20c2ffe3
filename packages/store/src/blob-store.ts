import type { Readable } from 'node:stream'

/** Bytes named by their SHA-256 (hexadecimal). */
export interface BlobRef {
  readonly digest: string
  readonly size: number
}

export interface PutOptions {
  /** Fails with `store.blob_too_large` past this many bytes; nothing is kept. */
  readonly maxBytes?: number
}

/** Content-addressed files. What `put` has answered survives a crash and a power cut (temp file, fsync, rename, fsync of the folder). */
export interface BlobStore {
  put(source: Uint8Array | AsyncIterable<Uint8Array>, options?: PutOptions): Promise<BlobRef>
  has(digest: string): Promise<boolean>
  /** Reads a whole blob, checking its digest; throws `store.blob_missing` or `store.blob_damaged`. */
  get(digest: string): Promise<Uint8Array>
  stream(digest: string): Readable
  /** The file on disk, for a read-only bind into a sandbox. */
  path(digest: string): string
}
