import { type CategoryRule, type Format, pathsOf, resolveSource, sourcePaths } from '../normalise/format.ts'
import { matchesOf } from '../rule/expression.ts'
import { appliesTo, type LogSource, type Rule } from '../rule/rule.ts'
import { compileRules } from './compiled-rules.ts'
import { Evaluator } from './evaluator.ts'
import { decodeText, EventScanner, NULL, type ScanFault } from './event-scanner.ts'
import { KeyTable } from './key-table.ts'
import { LaneCache } from './lane-cache.ts'

/** An event source as the matcher knows it: everything that follows from form and log source. */
interface Lane {
  readonly logSource: LogSource
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

export type Outcome = { readonly logSource: LogSource } | { readonly fault: ScanFault }

const SEPARATOR = '\u0000'

/** Matches JSON lines against a rule set on their bytes. Not re-entrant: one event at a time. */
export class Matcher {
  readonly #rules: readonly Rule[]
  readonly #keys: KeyTable
  readonly #scanner: EventScanner
  readonly #formats: readonly KnownFormat[]
  readonly #evaluators = new Map<string, Evaluator>()
  readonly #spanOf: Int32Array
  readonly #seenIn: Int32Array
  #event = 0

  constructor(rules: readonly Rule[], formats: readonly Format[]) {
    this.#rules = rules
    this.#keys = new KeyTable(pathsFor(rules, formats))
    this.#scanner = new EventScanner(this.#keys)
    this.#spanOf = new Int32Array(this.#keys.size)
    this.#seenIn = new Int32Array(this.#keys.size)
    this.#formats = [...formats, undefined].map((format) => this.#knownFormat(format))
  }

  /** Bytes of all automata built so far. */
  get tableBytes(): number {
    return [...this.#evaluators.values()].reduce((sum, evaluator) => sum + evaluator.tableBytes, 0)
  }

  /**
   * Matches the line bytes[from, to); bytes[to] must exist and be a line end. Calls `matched` for every rule that
   * holds, in no fixed order. A line that is no event is answered with its fault.
   */
  match(bytes: Uint8Array, from: number, to: number, matched: (rule: Rule) => void): Outcome {
    const fault = this.#scanner.scan(bytes, from, to)
    if (fault) return { fault }
    const lane = this.#laneOf(bytes)
    lane.evaluator.evaluate({ bytes, from, to }, (rule) => matched(lane.rules[rule] as Rule))
    return lane
  }

  #knownFormat(format: Format | undefined): KnownFormat {
    const idsOf = (paths: readonly string[]): number[] => paths.map((path) => this.#keys.idOf(path))
    const paths = format ? idsOf([...new Set(sourcePaths(format))]) : []
    const spans = new Int32Array(paths.length)
    return { format, has: format ? idsOf(format.has) : [], sourcePaths: paths, spans, lanes: new LaneCache() }
  }

  #laneOf(bytes: Uint8Array): Lane {
    this.#notePaths()
    const known = this.#formatOf()
    const { sourcePaths: paths, spans, lanes } = known
    for (let k = 0; k < paths.length; k += 1) {
      const path = paths[k] as number
      spans[k] = this.#seenIn[path] === this.#event ? (this.#spanOf[path] as number) : -1
    }
    return lanes.find(bytes, this.#scanner, spans) ?? this.#newLane(bytes, known)
  }

  #formatOf(): KnownFormat {
    for (const known of this.#formats) if (this.#hasAll(known.has)) return known
    return this.#formats.at(-1) as KnownFormat
  }

  #hasAll(paths: readonly number[]): boolean {
    for (let k = 0; k < paths.length; k += 1) if (this.#seenIn[paths[k] as number] !== this.#event) return false
    return true
  }

  #notePaths(): void {
    this.#event += 1
    const { count, paths } = this.#scanner
    for (let span = 0; span < count; span += 1) {
      const path = paths[span] as number
      if (path <= 0 || this.#seenIn[path] === this.#event) continue
      this.#seenIn[path] = this.#event
      this.#spanOf[path] = span
    }
  }

  #textAt(bytes: Uint8Array, path: number): string | undefined {
    if (this.#seenIn[path] !== this.#event) return undefined
    const span = this.#spanOf[path] as number
    if (this.#scanner.kinds[span] === NULL) return undefined
    return decodeText(bytes, this.#scanner.starts[span] as number, this.#scanner.ends[span] as number)
  }

  #newLane(bytes: Uint8Array, { format, lanes }: KnownFormat): Lane {
    const { logSource, rule } = format
      ? resolveSource(format, (path) => this.#textAt(bytes, this.#keys.idOf(path)))
      : { logSource: {}, rule: undefined }
    const rules = this.#rules.filter((each) => appliesTo(each.logSource, logSource))
    const lane = { logSource, rules, evaluator: this.#evaluatorOf(rules, format, rule) }
    lanes.add(lane)
    return lane
  }

  /** Log sources with the same rules share one evaluator. */
  #evaluatorOf(rules: readonly Rule[], format: Format | undefined, categoryRule: CategoryRule | undefined): Evaluator {
    const own = categoryRule && categoryRule.fields.size > 0 ? categoryRule.category : ''
    const key = [format?.id, own, ...rules.map((rule) => rule.id)].join(SEPARATOR)
    let evaluator = this.#evaluators.get(key)
    if (!evaluator) {
      evaluator = new Evaluator(compileRules(rules, { format, categoryRule, keys: this.#keys }), this.#scanner)
      this.#evaluators.set(key, evaluator)
    }
    return evaluator
  }
}

/** Every path that a rule or the search for the log source may ask for. */
function pathsFor(rules: readonly Rule[], formats: readonly Format[]): Set<string> {
  const paths = new Set(formats.flatMap(sourcePaths))
  for (const field of fieldsOf(rules)) {
    paths.add(field)
    for (const format of formats) {
      for (const rule of [undefined, ...format.categories])
        for (const path of pathsOf(format, field, rule)) paths.add(path)
    }
  }
  return paths
}

function fieldsOf(rules: readonly Rule[]): Set<string> {
  const fields = new Set<string>()
  for (const { value, field } of rules.flatMap((rule) => matchesOf(rule.expression))) {
    if (field !== undefined) fields.add(field)
    if (value.kind === 'reference') fields.add(value.field)
  }
  return fields
}
