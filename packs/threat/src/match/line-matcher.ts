import { type CategoryRule, type Format, resolveSource, sourcePaths } from '../normalise/format.ts'
import { appliesTo, type LogSource, type Rule } from '../rule/rule.ts'
import { compileRules } from './compiled-rules.ts'
import { Evaluator } from './evaluator.ts'
import type { KeyTable } from './key-table.ts'
import { LaneCache } from './lane-cache.ts'
import type { RuleMeter } from './rule-meter.ts'
import { LAST_EVENT, type ScanKit } from './scan-kit.ts'
import type { ScanFault } from './spans.ts'
import { isTooCostly } from './too-costly.ts'
import { scalarOf } from './value-text.ts'

/** An event source as the matcher knows it: everything that follows from form and log source. */
interface Lane {
  readonly logSource: LogSource
  readonly form: string | undefined
  readonly rules: readonly Rule[]
  readonly evaluator: Evaluator
}

interface KnownFormat {
  readonly format: Format | undefined
  readonly has: readonly number[]
  readonly sourcePaths: readonly number[]
  /** Spans of the source paths in the event at hand; -1 where it lacks one. */
  readonly spans: Int32Array
  readonly lanes: LaneCache<Lane>
}

/** One event: bytes[from, to). */
export interface Line {
  readonly bytes: Uint8Array
  readonly from: number
  readonly to: number
}

/** `form` is undefined where no mapping knows the event. */
export type Outcome =
  | { readonly logSource: LogSource; readonly form: string | undefined }
  | { readonly fault: ScanFault }

const SEPARATOR = '\u0000'

export interface LineMatcherOptions {
  readonly rules: readonly Rule[]
  readonly formats: readonly Format[]
  readonly keys: KeyTable
  readonly kit: ScanKit
  readonly meter: RuleMeter
  /** Number of the last event; for tests of what happens when numbers run out. */
  readonly event?: number
}

/** Matches JSON lines with one kit. Not re-entrant: one event at a time. */
export class LineMatcher {
  readonly #rules: readonly Rule[]
  readonly #keys: KeyTable
  readonly #kit: ScanKit
  readonly #meter: RuleMeter
  readonly #numberOf: ReadonlyMap<Rule, number>
  readonly #formats: readonly KnownFormat[]
  readonly #evaluators = new Map<string, Evaluator>()
  #event: number

  constructor({ rules, formats, keys, kit, meter, event = 0 }: LineMatcherOptions) {
    this.#rules = rules
    this.#keys = keys
    this.#kit = kit
    this.#meter = meter
    this.#numberOf = new Map(rules.map((rule, number) => [rule, number]))
    this.#event = event
    this.#formats = [...formats, undefined].map((format) => this.#knownFormat(format))
  }

  /** Bytes of all automata built so far. */
  get tableBytes(): number {
    return [...this.#evaluators.values()].reduce((sum, evaluator) => sum + evaluator.tableBytes, 0)
  }

  /** Looks at a rule again that was given up, by its number in the whole rule set. */
  lookAgain(rule: number): void {
    for (const evaluator of this.#evaluators.values()) evaluator.lookAgain(rule)
  }

  /** As `Matcher.match`; `for_the_twin` where the kit cannot look at this line. */
  match(line: Line, matched: (rule: Rule) => void): Outcome | 'for_the_twin' {
    this.#nextEvent()
    const outcome = this.#kit.scan(line.bytes, line, this.#event)
    if (outcome === 'for_the_twin') return outcome
    if (outcome) return { fault: outcome }
    const lane = this.#lane()
    try {
      lane.evaluator.evaluate(this.#event, line.to - line.from, (rule) => matched(lane.rules[rule] as Rule))
    } catch (error) {
      if (isTooCostly(error)) return { fault: 'too_costly' }
      throw error
    }
    return lane
  }

  #nextEvent(): void {
    if (this.#event >= LAST_EVENT) {
      this.#kit.forget()
      this.#event = 0
    }
    this.#event += 1
  }

  #knownFormat(format: Format | undefined): KnownFormat {
    const idsOf = (paths: readonly string[]): number[] => paths.map((path) => this.#keys.idOf(path))
    const paths = format ? idsOf([...new Set(sourcePaths(format))]) : []
    const spans = new Int32Array(paths.length)
    return { format, has: format ? idsOf(format.has) : [], sourcePaths: paths, spans, lanes: new LaneCache() }
  }

  #lane(): Lane {
    const { spans: scanned, seenIn, firstSpan } = this.#kit
    const known = this.#formatOf()
    const { sourcePaths: paths, spans, lanes } = known
    for (let k = 0; k < paths.length; k += 1) {
      const path = paths[k] as number
      spans[k] = seenIn[path] === this.#event ? (firstSpan[path] as number) : -1
    }
    return lanes.find(scanned, spans) ?? this.#newLane(known)
  }

  #formatOf(): KnownFormat {
    for (const known of this.#formats) if (this.#hasAll(known.has)) return known
    return this.#formats.at(-1) as KnownFormat
  }

  #hasAll(paths: readonly number[]): boolean {
    for (let k = 0; k < paths.length; k += 1) if (this.#kit.seenIn[paths[k] as number] !== this.#event) return false
    return true
  }

  #textAt(path: number): string | undefined {
    const { spans, seenIn, firstSpan } = this.#kit
    if (seenIn[path] !== this.#event) return undefined
    const span = firstSpan[path] as number
    const [from, to, kind] = [spans.starts[span] as number, spans.ends[span] as number, spans.kinds[span] as number]
    const value = scalarOf(spans.bytes, { from, to, kind })
    return value === null ? undefined : String(value)
  }

  #newLane({ format, lanes }: KnownFormat): Lane {
    const { logSource, rule } = format
      ? resolveSource(format, (path) => this.#textAt(this.#keys.idOf(path)))
      : { logSource: {}, rule: undefined }
    const rules = this.#rules.filter((each) => appliesTo(each.logSource, logSource))
    const lane = { logSource, form: format?.id, rules, evaluator: this.#evaluatorOf(rules, format, rule) }
    lanes.add(lane)
    return lane
  }

  /** Log sources with the same rules share one evaluator. */
  #evaluatorOf(rules: readonly Rule[], format: Format | undefined, categoryRule: CategoryRule | undefined): Evaluator {
    const own = categoryRule && categoryRule.fields.size > 0 ? categoryRule.category : ''
    const key = [format?.id, own, ...rules.map((rule) => rule.id)].join(SEPARATOR)
    let evaluator = this.#evaluators.get(key)
    if (!evaluator) {
      evaluator = new Evaluator(compileRules(rules, { format, categoryRule, keys: this.#keys }), {
        ...{ kit: this.#kit, meter: this.#meter },
        numbers: rules.map((each) => this.#numberOf.get(each) as number),
      })
      this.#evaluators.set(key, evaluator)
    }
    return evaluator
  }
}
