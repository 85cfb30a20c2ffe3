import type { MatchedField } from '../match/explain.ts'
import type { LogSource, Rule } from '../rule/rule.ts'

/** A rule that fired for one event. Carries what the Detection Rule License asks of every message: author, licence, link. */
export interface Alert {
  readonly rule: {
    readonly id: string
    readonly title: string
    readonly level: string
    readonly version: string
    readonly author: string
    readonly licence: string
    readonly link: string
    readonly tags: readonly string[]
  }
  readonly file: string
  /** 1-based line of the event in its file. */
  readonly line: number
  readonly logSource: LogSource
  /** The comparisons that made the rule fire, with the values of the event. */
  readonly matched: readonly MatchedField[]
}

export interface AlertPlace {
  readonly file: string
  readonly line: number
  readonly logSource: LogSource
  readonly matched: readonly MatchedField[]
}

export function alertOf({ id, title, level, version, tags, origin }: Rule, place: AlertPlace): Alert {
  const { author, licence, link } = origin
  return { rule: { id, title, level, version, author, licence, link, tags }, ...place }
}
