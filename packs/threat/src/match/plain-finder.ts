import { canonicalBytes } from './canonical-text.ts'
import type { CompiledRules, PredicateId } from './compiled-rules.ts'
import type { EventScanner } from './event-scanner.ts'
import { bytesOf, type FieldTables, fieldTables } from './literal-table.ts'
import type { Finder, ScanKit } from './scan-kit.ts'
import { scanTables } from './scan-tables.ts'
import { ESCAPED, isKind, NULL, TO_DECODE } from './spans.ts'
import { SubstringFilter } from './substring-filter.ts'
import { foldedBytes } from './value-text.ts'

/** Finds literals in plain TypeScript. */
export class PlainFinder implements Finder {
  readonly found: Int32Array
  readonly announced: Int32Array
  readonly #scanner: EventScanner
  /** By path: what is sought in it. */
  readonly #tables: readonly (readonly FieldTables[])[]
  readonly #keywords: FieldTables | undefined
  readonly #filter: SubstringFilter | undefined
  readonly #announcedIn: Int32Array
  readonly #report: (id: PredicateId) => void
  #count = 0
  #event = 0

  constructor(compiled: CompiledRules, kit: ScanKit & { readonly spans: EventScanner }) {
    const { predicates, rules, rulesOf, literals, keywords, fieldsOfPath } = compiled
    const tables = literals.map((each) => (each.length > 0 ? fieldTables(each) : undefined))
    this.#scanner = kit.spans
    this.#tables = fieldsOfPath.map((fields) => fields.flatMap((field) => tables[field] ?? []))
    this.#keywords = keywords.length > 0 ? fieldTables(keywords) : undefined
    this.#filter = SubstringFilter.of(keywords.map(({ text }) => text))
    this.found = kit.stamps(predicates.length)
    this.announced = new Int32Array(rules.length)
    this.#announcedIn = kit.stamps(rules.length)
    this.#report = (id) => {
      if (this.found[id] === this.#event) return
      this.found[id] = this.#event
      const rulesHere = rulesOf[id] as Int32Array
      for (let k = 0; k < rulesHere.length; k += 1) this.#announce(rulesHere[k] as number)
    }
  }

  get tableBytes(): number {
    const all = new Set([...this.#tables.flat(), ...(this.#keywords ? [this.#keywords] : [])])
    return [...all].reduce((sum, tables) => sum + bytesOf(tables), 0)
  }

  find(event: number): number {
    this.#event = event
    this.#count = 0
    const { count, paths } = this.#scanner
    for (let span = 0; span < count; span += 1) {
      const path = paths[span] as number
      if (path <= 0) continue
      const tables = this.#tables[path] as readonly FieldTables[]
      for (let k = 0; k < tables.length; k += 1) this.#scanValue(tables[k] as FieldTables, span)
    }
    this.#findKeywords()
    return this.#count
  }

  /** Keywords stand anywhere: the line is skipped through first, and its values are looked at only where that finds one. */
  #findKeywords(): void {
    if (!this.#keywords) return
    const { bytes, count, kinds, met, from, to } = this.#scanner
    const whole = !this.#filter || this.#filter.mayHold(bytes, from, to)
    if (!whole && (met & TO_DECODE) === 0) return
    for (let span = 0; span < count; span += 1)
      if (whole || isKind(TO_DECODE, kinds[span] as number)) this.#scanValue(this.#keywords, span)
  }

  #scanValue(tables: FieldTables, span: number): void {
    const { bytes, starts, ends, kinds } = this.#scanner
    const kind = kinds[span] as number
    if (kind === NULL) return
    const from = starts[span] as number
    const to = ends[span] as number
    if (kind !== ESCAPED && !isKind(TO_DECODE, kind)) scanTables(tables, bytes, { from, to }, this.#report)
    else {
      const text = kind === ESCAPED ? canonicalBytes(bytes, from, to) : foldedBytes(bytes, { from, to, kind })
      scanTables(tables, text, { from: 0, to: text.length }, this.#report)
    }
  }

  #announce(rule: number): void {
    if (this.#announcedIn[rule] === this.#event) return
    this.#announcedIn[rule] = this.#event
    this.announced[this.#count] = rule
    this.#count += 1
  }
}
