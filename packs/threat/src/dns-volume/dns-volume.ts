export interface DnsQuery {
  /** Milliseconds since 1970. */
  readonly time: number
  readonly client: string
  readonly name: string
  /** Name of the type, such as TXT; empty where the log has none. */
  readonly type: string
}

/** More was carried to a domain within a day than is allowed, and more than other clients usually send there. */
export interface DnsVolume {
  readonly client: string
  readonly domain: string
  readonly time: number
  /** At most this much was carried by new names in the newest 21 to 24 hours, in bytes. */
  readonly bytes: number
  /** What is allowed, in bytes. */
  readonly bound: number
  /** What other clients usually send there, in bytes; undefined where fewer than five do. */
  readonly usual: number | undefined
  /** New names in the same time. */
  readonly names: number
  /** First new name since the pair was last quiet for a day; all that follows is since then. */
  readonly since: number
  /** Queries for new names since then. */
  readonly queries: number
  /** Characters of a new name before the domain, and bits that one carries. */
  readonly charactersPerName: number
  readonly bitsPerCharacter: number
  /** Share of these queries with a type that carries free text back: TXT, NULL, PRIVATE. */
  readonly textShare: number
  /** Standard deviation of the pauses between new names over their mean: 0 for a clock, 1 for chance. */
  readonly irregularity: number
  /** The name that went over the bound. */
  readonly example: string
}

/** Bytes a day and client and domain, as Paxson and others allow (USENIX Security 2013). */
export const BOUND_BYTES = 4096
