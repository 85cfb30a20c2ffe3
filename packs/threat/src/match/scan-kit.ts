import type { CompiledRules } from './compiled-rules.ts'
import type { ScanFault, Spans } from './spans.ts'

/** Numbers of events stay below this; then all stamps are forgotten and the count begins anew. */
export const LAST_EVENT = 2 ** 31 - 2

/** The two hot steps of matching: finding the values of a line, and finding literals in them. */
export interface ScanKit {
  readonly spans: Spans
  /** By path: the number of the event that last had it, and the place of its first value in `spans`. */
  readonly seenIn: Int32Array
  readonly firstSpan: Int32Array
  /** By path: the number of the event in which it was last an object or a list. */
  readonly nodeIn: Int32Array
  /**
   * Scans bytes[from, to); bytes[to] must exist and be a line end. `event` is the number of this event, above zero and never
   * given twice. `for_the_twin`: nothing is wrong, but this kit cannot look at the line.
   */
  scan(bytes: Uint8Array, range: { readonly from: number; readonly to: number }, event: number): ScanOutcome
  /** Throws RangeError where there is no room for the tables. */
  finderFor(compiled: CompiledRules): Finder
  /** Numbers by which events are told apart, zero at first and again after `forget`. */
  stamps(length: number): Int32Array
  forget(): void
}

export type ScanOutcome = ScanFault | 'for_the_twin' | undefined

/** Finds, in the event that its kit has scanned, what the rules of one log source seek. */
export interface Finder {
  /** Bytes of its automata. */
  readonly tableBytes: number
  /** By comparison: the number of the event in which its literal was last found. */
  readonly found: Int32Array
  /** Rules that the event's literals announce, each once: the first `find` places. */
  readonly announced: Int32Array
  find(event: number): number
}
