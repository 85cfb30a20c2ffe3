import { type Alert, alertOf } from '../detect/alert.ts'
import { type MatchedEvent, matchFile, type ReadSoFar, type UnreadableLine } from '../detect/match-file.ts'
import type { DnsDetection, VolumeAlert } from '../dns-volume/dns-detection.ts'
import { matchedFields } from '../match/explain.ts'
import { Matcher } from '../match/matcher.ts'
import { normalise } from '../match/plain-matcher.ts'
import { eventTimeOf } from '../normalise/event-time.ts'
import type { Format } from '../normalise/format.ts'
import type { Rule } from '../rule/rule.ts'
import { type CorrelatedAlert, correlatedAlertOf } from './correlated-alert.ts'
import type { CorrelationSet } from './correlation-set.ts'
import { Correlator, type CorrelatorState } from './correlator.ts'
import type { CorrelatorOptions } from './correlator-options.ts'
import type { Firing } from './firing.ts'
import { standingOf } from './generating.ts'

/** Numbers of lines below this leave room for the number of the file above it. */
const LINES = 2 ** 32

export type DetectedItem =
  | Alert
  | CorrelatedAlert
  | VolumeAlert
  | UnreadableLine
  | (ReadSoFar & { readonly file: string })

export interface CorrelatedDetectionOptions extends CorrelatorOptions {
  /** Watches what leaves in DNS names, too. */
  readonly dns?: DnsDetection
}

/**
 * Runs rules and correlations over event files in order; `run` yields alerts, unreadable lines and how far it has read.
 * A rule that only correlations read does not alert by itself.
 */
export class CorrelatedDetection {
  readonly #formats: readonly Format[]
  readonly #matcher: Matcher
  readonly #places: ReadonlyMap<Rule, number>
  readonly #alerts: readonly boolean[]
  readonly #correlator: Correlator
  readonly #dns: DnsDetection | undefined
  readonly #files: string[] = []

  constructor(set: CorrelationSet, formats: readonly Format[], options: CorrelatedDetectionOptions = {}) {
    const { dns, ...correlating } = options
    this.#formats = formats
    this.#dns = dns
    this.#matcher = new Matcher([...set.rules, ...(dns?.rules ?? [])], formats)
    this.#places = new Map(set.rules.map((rule, place) => [rule, place]))
    this.#alerts = standingOf(set).rules
    this.#correlator = new Correlator(set, correlating)
  }

  get state(): CorrelatorState {
    return this.#correlator.state
  }

  async *run(files: readonly string[]): AsyncGenerator<DetectedItem> {
    for (const file of files) {
      this.#files.push(file)
      for await (const found of matchFile(file, this.#matcher)) {
        if ('rules' in found) yield* this.#alertsOf(found, file)
        else yield 'events' in found ? { ...found, file } : found
      }
    }
    yield* this.#correlated(this.#correlator.flush())
  }

  *#alertsOf({ rules: fired, line, text }: MatchedEvent, file: string): Generator<DetectedItem> {
    const { source, view } = normalise(JSON.parse(text), this.#formats)
    const { logSource } = source
    const rules = fired.filter((rule) => this.#places.has(rule))
    const left = rules.length < fired.length ? this.#dns?.observe(view, { file, line }) : undefined
    if (left) yield left
    for (const rule of rules) {
      if (!this.#alerts[this.#placeOf(rule)]) continue
      yield alertOf(rule, { file, line, logSource, matched: matchedFields(rule.expression, view) })
    }
    const read = (field: string) => view.values(field)[0]
    const number = (this.#files.length - 1) * LINES + line
    const places = rules.map((rule) => this.#placeOf(rule))
    if (!this.#correlator.reads(places)) return
    yield* this.#correlated(this.#correlator.push({ time: eventTimeOf(view), rules: places, read, event: number }))
  }

  *#correlated(firings: readonly Firing[]): Generator<CorrelatedAlert> {
    for (const firing of firings) {
      if (!firing.alerts) continue
      const file = this.#files[Math.floor(firing.event / LINES)] as string
      yield correlatedAlertOf(firing, { file, line: firing.event % LINES })
    }
  }

  #placeOf(rule: Rule): number {
    return this.#places.get(rule) as number
  }
}
