/** One alert of any detector, as grouping and triage see it. All that says what it means, nothing about who judged it. */
export interface SeenAlert {
  readonly id: string
  /** Event time, ms since 1970. */
  readonly time: number
  /** Name of what fired, the same on every host; e.g. the title of a rule. */
  readonly signature: string
  /** Severity as the detector states it; empty where it states none. */
  readonly level: string
  readonly host: string
  readonly addresses: readonly string[]
  readonly account?: string
  readonly process?: string
  /** ATT&CK techniques, e.g. T1059.001; empty where the detector names none. */
  readonly techniques: readonly string[]
  readonly detector: string
}
