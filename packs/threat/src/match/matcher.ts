import { type Format, pathsOf, sourcePaths } from '../normalise/format.ts'
import { matchesOf } from '../rule/expression.ts'
import type { Rule } from '../rule/rule.ts'
import { KeyTable } from './key-table.ts'
import { LineMatcher, type Outcome } from './line-matcher.ts'
import { PlainKit } from './plain-kit.ts'
import { type QuarantinedRule, type RuleCost, RuleMeter } from './rule-meter.ts'
import type { ScanKit } from './scan-kit.ts'
import { WasmKit } from './wasm-kit.ts'

export type { Outcome } from './line-matcher.ts'

export interface MatcherOptions {
  /** `wasm` unless the machine or the build lacks it; `plain` keeps to TypeScript. */
  readonly engine?: 'wasm' | 'plain'
  /** Milliseconds of a clock that never steps back, for the cost of rules. */
  readonly now?: () => number
}

/** Matches JSON lines against a rule set on their bytes. Not re-entrant: one event at a time. */
export class Matcher {
  readonly #rules: readonly Rule[]
  readonly #formats: readonly Format[]
  readonly #keys: KeyTable
  readonly #meter: RuleMeter
  #fast: LineMatcher | undefined
  #plain: LineMatcher | undefined

  constructor(rules: readonly Rule[], formats: readonly Format[], { engine = 'wasm', now }: MatcherOptions = {}) {
    this.#rules = rules
    this.#formats = formats
    this.#keys = new KeyTable(pathsFor(rules, formats))
    this.#meter = new RuleMeter(rules, now)
    const kit = engine === 'wasm' ? WasmKit.open(this.#keys) : undefined
    if (kit) this.#fast = this.#lineMatcher(kit)
  }

  /** What runs the hot steps. */
  get engine(): 'wasm' | 'plain' {
    return this.#fast ? 'wasm' : 'plain'
  }

  /** Bytes of all automata built so far. */
  get tableBytes(): number {
    return (this.#fast?.tableBytes ?? 0) + (this.#plain?.tableBytes ?? 0)
  }

  /** Rules that are no longer looked at because they held up the others. */
  get quarantined(): readonly QuarantinedRule[] {
    return this.#meter.quarantined
  }

  /** Looks at the rule with this id again; false where it is in no quarantine. */
  lift(id: string): boolean {
    const number = this.#rules.findIndex((rule) => rule.id === id)
    if (!this.#meter.lift(number)) return false
    this.#fast?.lookAgain(number)
    this.#plain?.lookAgain(number)
    return true
  }

  /** What each rule has cost so far, dearest first. */
  ruleCosts(): readonly RuleCost[] {
    return this.#meter.costs()
  }

  /**
   * Matches the line bytes[from, to); bytes[to] must exist and be a line end. Calls `matched` for every rule that
   * holds, in no fixed order. A line that is no event is answered with its fault.
   */
  match(bytes: Uint8Array, from: number, to: number, matched: (rule: Rule) => void): Outcome {
    const outcome = this.#matchFast(bytes, from, to, matched)
    if (outcome !== 'for_the_twin') return outcome
    this.#plain ??= this.#lineMatcher(new PlainKit(this.#keys))
    return this.#plain.match({ bytes, from, to }, matched) as Outcome
  }

  #matchFast(bytes: Uint8Array, from: number, to: number, matched: (rule: Rule) => void): Outcome | 'for_the_twin' {
    if (!this.#fast) return 'for_the_twin'
    try {
      return this.#fast.match({ bytes, from, to }, matched)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      this.#fast = undefined
      return 'for_the_twin'
    }
  }

  #lineMatcher(kit: ScanKit): LineMatcher {
    return new LineMatcher({ rules: this.#rules, formats: this.#formats, keys: this.#keys, kit, meter: this.#meter })
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
