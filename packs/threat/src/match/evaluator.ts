import type { Scalar } from '../normalise/leaves.ts'
import type { Expression, Match } from '../rule/expression.ts'
import type { CompiledRules, PredicateId } from './compiled-rules.ts'
import { refers, testOf } from './evaluate.ts'
import { BOOLEAN, decodeText, ESCAPED, type EventScanner, FOREIGN, NULL, NUMBER, PLAIN } from './event-scanner.ts'
import type { FieldLiterals } from './field-literals.ts'

type Check = () => boolean

/** One event: bytes[from, to). */
export interface Line {
  readonly bytes: Uint8Array
  readonly from: number
  readonly to: number
}

/** Matches the rules of one log source against one scanned event at a time. */
export class Evaluator {
  readonly #compiled: CompiledRules
  readonly #scanner: EventScanner
  readonly #checks: readonly Check[]
  /** Event number in which a predicate was found by an automaton, or was last decided. */
  readonly #found: Int32Array
  readonly #decided: Int32Array
  readonly #answer: Uint8Array
  readonly #triggeredIn: Int32Array
  readonly #triggered: Int32Array
  readonly #valuesIn: Int32Array
  readonly #values: Scalar[][]
  #triggeredCount = 0
  #event = 0
  #bytes: Uint8Array = new Uint8Array()
  readonly #report: (id: PredicateId) => void

  constructor(compiled: CompiledRules, scanner: EventScanner) {
    const { predicates, rules, rulesOf, fields } = compiled
    this.#compiled = compiled
    this.#scanner = scanner
    this.#found = new Int32Array(predicates.length)
    this.#decided = new Int32Array(predicates.length)
    this.#answer = new Uint8Array(predicates.length)
    this.#triggeredIn = new Int32Array(rules.length)
    this.#triggered = new Int32Array(rules.length)
    this.#valuesIn = new Int32Array(fields.length + 1)
    this.#values = Array.from({ length: fields.length + 1 }, () => [])
    this.#report = (id) => {
      if (this.#found[id] === this.#event) return
      this.#found[id] = this.#event
      const announced = rulesOf[id] as Int32Array
      for (let k = 0; k < announced.length; k += 1) this.#trigger(announced[k] as number)
    }
    this.#checks = compiled.expressions.map((expression) => this.#checkOf(expression))
  }

  get tableBytes(): number {
    const { automata, keywords } = this.#compiled
    return [...automata, keywords].reduce((sum, automaton) => sum + (automaton?.bytes ?? 0), 0)
  }

  /** Calls `matched` with the number of every rule that holds for the event in the scanner, in no fixed order. */
  evaluate({ bytes, from, to }: Line, matched: (rule: number) => void): void {
    this.#event += 1
    this.#bytes = bytes
    this.#triggeredCount = 0
    this.#scanFields()
    this.#scanKeywords(from, to)
    const { always } = this.#compiled
    for (let k = 0; k < always.length; k += 1) this.#trigger(always[k] as number)
    for (let k = 0; k < this.#triggeredCount; k += 1) {
      const rule = this.#triggered[k] as number
      if ((this.#checks[rule] as Check)()) matched(rule)
    }
  }

  #trigger(rule: number): void {
    if (this.#triggeredIn[rule] === this.#event) return
    this.#triggeredIn[rule] = this.#event
    this.#triggered[this.#triggeredCount] = rule
    this.#triggeredCount += 1
  }

  #scanFields(): void {
    const { fieldsOfPath, automata } = this.#compiled
    const { count, paths } = this.#scanner
    for (let span = 0; span < count; span += 1) {
      const path = paths[span] as number
      if (path <= 0) continue
      const fed = fieldsOfPath[path] as readonly number[]
      for (let k = 0; k < fed.length; k += 1) {
        const automaton = automata[fed[k] as number]
        if (automaton) this.#scanValue(automaton, span)
      }
    }
  }

  /** Keywords stand anywhere: the line is skipped through first, and its values are looked at only where that finds one. */
  #scanKeywords(from: number, to: number): void {
    const { keywords, keywordFilter } = this.#compiled
    if (!keywords) return
    const { foreign, count, kinds } = this.#scanner
    const whole = !keywordFilter || keywordFilter.mayHold(this.#bytes, from, to)
    if (!whole && !foreign) return
    for (let span = 0; span < count; span += 1) {
      if (whole || kinds[span] === FOREIGN) this.#scanValue(keywords, span)
    }
  }

  #scanValue(automaton: FieldLiterals, span: number): void {
    const { starts, ends, kinds } = this.#scanner
    const kind = kinds[span] as number
    if (kind === NULL) return
    if (kind === FOREIGN || kind === NUMBER) {
      const folded = Buffer.from(String(this.#scalarAt(span)).toLowerCase(), 'utf8')
      automaton.scan(folded, { from: 0, to: folded.length, escaped: false }, this.#report)
    } else {
      const range = { from: starts[span] as number, to: ends[span] as number, escaped: kind === ESCAPED }
      automaton.scan(this.#bytes, range, this.#report)
    }
  }

  #scalarAt(span: number): Scalar {
    const { starts, ends, kinds } = this.#scanner
    const kind = kinds[span] as number
    const start = starts[span] as number
    const end = ends[span] as number
    if (kind === NULL) return null
    if (kind === ESCAPED || kind === FOREIGN) return decodeText(this.#bytes, start, end) ?? ''
    const text = Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset + start, end - start).toString('latin1')
    if (kind === PLAIN) return text
    if (kind === BOOLEAN) return text === 'true'
    return Number(text)
  }

  /** Values of a field, decoded once for each event; the last place holds all values of the event. */
  #valuesOf(field: number): readonly Scalar[] {
    const slot = field < 0 ? this.#values.length - 1 : field
    const values = this.#values[slot] as Scalar[]
    if (this.#valuesIn[slot] === this.#event) return values
    this.#valuesIn[slot] = this.#event
    values.length = 0
    const { fieldsOfPath } = this.#compiled
    const { count, paths } = this.#scanner
    for (let span = 0; span < count; span += 1) {
      const path = paths[span] as number
      if (field < 0 || (path > 0 && fieldsOfPath[path]?.includes(field))) values.push(this.#scalarAt(span))
    }
    return values
  }

  #checkOf(expression: Expression): Check {
    switch (expression.kind) {
      case 'match':
        return this.#matchCheck(expression)
      case 'not': {
        const inner = this.#checkOf(expression.part)
        return () => !inner()
      }
      case 'nothing':
        return () => false
      case 'and':
        return all(expression.parts.map((part) => this.#checkOf(part)))
      case 'or':
        return this.#eitherCheck(expression.parts)
    }
  }

  /** Comparisons that the automata decide are looked up together, before anything dearer. */
  #eitherCheck(parts: readonly Expression[]): Check {
    const cheap = parts.filter((part): part is Match => part.kind === 'match' && this.#decides(part))
    const ids = Int32Array.from(cheap.map((part) => this.#compiled.predicateOf.get(part) as number))
    const rest = parts.filter((part) => !cheap.includes(part as Match)).map((part) => this.#checkOf(part))
    const found = this.#found
    return () => {
      for (let k = 0; k < ids.length; k += 1) if (found[ids[k] as number] === this.#event) return true
      for (let k = 0; k < rest.length; k += 1) if ((rest[k] as Check)()) return true
      return false
    }
  }

  #decides(match: Match): boolean {
    return this.#compiled.predicates[this.#compiled.predicateOf.get(match) as number]?.sought?.decides === true
  }

  #matchCheck(match: Match): Check {
    const id = this.#compiled.predicateOf.get(match) as number
    const found = this.#found
    if (this.#decides(match)) return () => found[id] === this.#event
    const needsLiteral = this.#compiled.predicates[id]?.sought !== undefined
    return () => {
      if (needsLiteral && found[id] !== this.#event) return false
      if (this.#decided[id] !== this.#event) {
        this.#decided[id] = this.#event
        this.#answer[id] = this.#decide(id) ? 1 : 0
      }
      return this.#answer[id] === 1
    }
  }

  #decide(id: PredicateId): boolean {
    const { match, field } = this.#compiled.predicates[id] as { match: Match; field: number }
    const values = this.#valuesOf(field)
    const { value } = match
    if (value.kind === 'exists') return value.expected === values.length > 0
    if (value.kind === 'null' && values.length === 0) return true
    if (value.kind === 'reference') {
      return refers(value, values, this.#valuesOf(this.#compiled.fields.indexOf(value.field)))
    }
    const test = testOf(match)
    return values.some(test)
  }
}

function all(checks: readonly Check[]): Check {
  return () => {
    for (let k = 0; k < checks.length; k += 1) if (!(checks[k] as Check)()) return false
    return true
  }
}
