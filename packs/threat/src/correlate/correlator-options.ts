/** Bounds of a correlator. Whatever they cut off is counted. */
export interface CorrelatorOptions {
  /** How late, in milliseconds of event time, an event may come behind the latest one. It is also how long one waits. */
  readonly latenessMs?: number
  /** How far an event may lie ahead of the clock at its receipt; only where the caller gives that clock. */
  readonly aheadMs?: number
  /** Groups open at the same time, over all correlations. */
  readonly maxGroups?: number
  /** Entries in all windows together. */
  readonly maxEntries?: number
  /** Events that wait for earlier ones. */
  readonly maxHeld?: number
}

export const DEFAULT_BOUNDS: Required<CorrelatorOptions> = {
  latenessMs: 0,
  aheadMs: 300_000,
  maxGroups: 1_000_000,
  maxEntries: 8_000_000,
  maxHeld: 200_000,
}

/** What a correlator has done, and everything that it could not do. */
export interface CorrelatorCounts {
  /** Events whose rules some correlation reads. */
  events: number
  firings: number
  /** Behind the watermark: not correlated. */
  tooLate: number
  /** Ahead of the clock: not correlated. */
  tooEarly: number
  /** Without a time: not correlated. */
  withoutTime: number
  /** Correlated before their wait was over, because too many waited. */
  releasedEarly: number
  /** Lacked a field of group-by, once for each correlation. */
  withoutGroup: number
  /** Lacked the field to count, or it was no number where one is needed, once for each correlation. */
  withoutValue: number
  /** Groups given up although still in their window, because there were too many groups or entries. */
  evictedGroups: number
  /** Entries lost with them. */
  evictedEntries: number
}

export const NO_COUNTS: Readonly<CorrelatorCounts> = {
  events: 0,
  firings: 0,
  tooLate: 0,
  tooEarly: 0,
  withoutTime: 0,
  releasedEarly: 0,
  withoutGroup: 0,
  withoutValue: 0,
  evictedGroups: 0,
  evictedEntries: 0,
}
