import type { Scalar } from '../normalise/leaves.ts'
import type { Expression, Match } from '../rule/expression.ts'
import type { CompiledRules, PredicateId } from './compiled-rules.ts'
import { refers, testOf } from './evaluate.ts'
import type { RuleMeter } from './rule-meter.ts'
import type { Finder, ScanKit } from './scan-kit.ts'
import type { Spans } from './spans.ts'
import { scalarOf } from './value-text.ts'

type Check = () => boolean

/** What an evaluator shares with those of other log sources. */
export interface EvaluatorParts {
  readonly kit: ScanKit
  readonly meter: RuleMeter
  /** Number in the whole rule set of each rule. */
  readonly numbers: readonly number[]
}

/** Matches the rules of one log source against the event that its kit has scanned. */
export class Evaluator {
  readonly #compiled: CompiledRules
  readonly #nodeIn: Int32Array
  readonly #spans: Spans
  readonly #finder: Finder
  readonly #checks: Check[]
  readonly #meter: RuleMeter
  readonly #numbers: readonly number[]
  /** By comparison: the event in which it was last decided, and how. */
  readonly #decided: Int32Array
  readonly #answer: Uint8Array
  readonly #valuesIn: Int32Array
  readonly #values: Scalar[][]
  #event = 0

  constructor(compiled: CompiledRules, { kit, meter, numbers }: EvaluatorParts) {
    const { predicates, fields } = compiled
    this.#compiled = compiled
    this.#meter = meter
    this.#numbers = numbers
    this.#nodeIn = kit.nodeIn
    this.#spans = kit.spans
    this.#finder = kit.finderFor(compiled)
    this.#decided = kit.stamps(predicates.length)
    this.#answer = new Uint8Array(predicates.length)
    this.#valuesIn = kit.stamps(fields.length + 1)
    this.#values = Array.from({ length: fields.length + 1 }, () => [])
    this.#checks = compiled.expressions.map((expression) => this.#checkOf(expression))
  }

  get tableBytes(): number {
    return this.#finder.tableBytes
  }

  /**
   * Calls `matched` with the number of every rule that holds for the scanned event, a line of `length` bytes, in no fixed
   * order. Throws too_costly.
   */
  evaluate(event: number, length: number, matched: (rule: number) => void): void {
    this.#event = event
    const announced = this.#finder.find(event)
    const measured = this.#meter.measures(event, length)
    for (let k = 0; k < announced; k += 1) {
      const rule = this.#finder.announced[k] as number
      if (measured ? this.#measuredCheck(rule) : this.#check(rule)) matched(rule)
    }
    const { always } = this.#compiled
    for (let k = 0; k < always.length; k += 1) {
      const rule = always[k] as number
      if (measured ? this.#measuredCheck(rule) : this.#check(rule)) matched(rule)
    }
  }

  /** Looks at a rule again that was in quarantine, by its number in the whole rule set. */
  lookAgain(rule: number): void {
    const place = this.#numbers.indexOf(rule)
    if (place >= 0) this.#checks[place] = this.#checkOf(this.#compiled.expressions[place] as Expression)
  }

  #check(rule: number): boolean {
    return (this.#checks[rule] as Check)()
  }

  #measuredCheck(rule: number): boolean {
    const number = this.#numbers[rule] as number
    if (this.#meter.isQuarantined(number)) {
      this.#checks[rule] = never
      return false
    }
    return this.#meter.run(number, this.#checks[rule] as Check)
  }

  /** Values of a field, decoded once for each event; the last place holds all values of the event. */
  #valuesOf(field: number): readonly Scalar[] {
    const slot = field < 0 ? this.#values.length - 1 : field
    const values = this.#values[slot] as Scalar[]
    if (this.#valuesIn[slot] === this.#event) return values
    this.#valuesIn[slot] = this.#event
    values.length = 0
    const { fieldsOfPath } = this.#compiled
    const { count, paths } = this.#spans
    for (let span = 0; span < count; span += 1) {
      const path = paths[span] as number
      if (field < 0 || (path > 0 && fieldsOfPath[path]?.includes(field))) values.push(this.#scalarAt(span))
    }
    return values
  }

  #scalarAt(span: number): Scalar {
    const { bytes, starts, ends, kinds } = this.#spans
    const [from, to, kind] = [starts[span] as number, ends[span] as number, kinds[span] as number]
    return scalarOf(bytes, { from, to, kind })
  }

  /** Whether a field is there as an object or a list. */
  #holdsNode(field: number): boolean {
    return (this.#compiled.pathsOfField[field] ?? []).some((path) => this.#nodeIn[path] === this.#event)
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
    const { found } = this.#finder
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
    const { found } = this.#finder
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
    if (value.kind === 'exists') return value.expected === (values.length > 0 || this.#holdsNode(field))
    if (value.kind === 'null' && values.length === 0) return !this.#holdsNode(field)
    if (value.kind === 'reference') {
      return refers(value, values, this.#valuesOf(this.#compiled.fields.indexOf(value.field)))
    }
    const test = testOf(match)
    return values.some(test)
  }
}

/** What a rule in quarantine is checked by. */
const never: Check = () => false

function all(checks: readonly Check[]): Check {
  return () => {
    for (let k = 0; k < checks.length; k += 1) if (!(checks[k] as Check)()) return false
    return true
  }
}
