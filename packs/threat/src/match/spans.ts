/** How the bytes of a value stand for it. */
/** Text without escapes, or whose only escapes are of backslash and quote: its canonical form (canonical-text.ts). */
export const PLAIN = 1
export const QUOTED = 2
/** Text with other one-letter escapes. */
export const ESCAPED = 3
/** Text with `\u` escapes or bytes beyond ASCII: it is decoded before it is looked at. */
export const FOREIGN = 4
/** Digits alone, at most 15: they stand for themselves. */
export const INTEGER = 5
export const NUMBER = 6
export const BOOLEAN = 7
export const NULL = 8

/** Why a line is no event, or why not all rules were looked at: its values would take too long. */
export type ScanFault = 'not_json' | 'too_deep' | 'too_costly'

/** The values of the last event scanned: the first `count` places of the arrays. Text spans exclude the quotes. */
export interface Spans {
  /** What `starts` and `ends` count in. */
  readonly bytes: Uint8Array
  readonly count: number
  /** Kinds met, bit k for kind k. */
  readonly met: number
  readonly paths: Int32Array
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly kinds: Uint8Array
}

/** Kinds whose text must be made before a literal can be found in it. */
export const TO_DECODE = (1 << FOREIGN) | (1 << NUMBER)

export const isKind = (kinds: number, kind: number): boolean => ((kinds >> kind) & 1) === 1
