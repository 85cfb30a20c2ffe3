import type { Slab } from './slab-pool.ts'

/** Which lines of a batch came from which stream. */
export interface BatchPart {
  readonly stream: string
  readonly lines: number
  readonly bytes: number
  /** Lines of the stream before this part. */
  readonly linesBefore: number
  /** Position behind this part; undefined for a stream that is not resumable. */
  readonly position: number | undefined
}

/** Whole lines under one number of the journal. Numbers have no gaps. */
export interface Batch {
  readonly sequence: number
  /** When its first line was received, milliseconds since 1970. */
  readonly receivedMs: number
  readonly slab: Slab
  /** Bytes used of the slab. */
  readonly length: number
  readonly lines: number
  readonly parts: readonly BatchPart[]
}

/** The stream and the 1-based line in it of a 1-based line of a batch. */
export function placeOf(parts: readonly BatchPart[], line: number): { stream: string; line: number } {
  let before = 0
  for (const part of parts) {
    if (line <= before + part.lines) return { stream: part.stream, line: part.linesBefore + line - before }
    before += part.lines
  }
  return { stream: '', line }
}
