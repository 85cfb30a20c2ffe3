import type { RuleSource } from './detector-protocol.ts'

/** What the thread that tries a rule set is started with. */
export interface RuleCheckData {
  readonly rules: RuleSource
  /** What it is at, for whoever ends it: a length (int32), and that many bytes of UTF-8. */
  readonly at: SharedArrayBuffer
}

const LENGTH_BYTES = 4
export const AT_BYTES = 1024

export function noteAt(at: SharedArrayBuffer, what: string): void {
  const bytes = Buffer.from(what).subarray(0, at.byteLength - LENGTH_BYTES)
  Buffer.from(at, LENGTH_BYTES).set(bytes)
  Atomics.store(new Int32Array(at, 0, 1), 0, bytes.length)
}

export function readAt(at: SharedArrayBuffer): string {
  return Buffer.from(at, LENGTH_BYTES, Atomics.load(new Int32Array(at, 0, 1), 0)).toString('utf8')
}
