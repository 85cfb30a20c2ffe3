import type { Rule } from '../rule/rule.ts'
import { ruleErrors } from '../rule/rule-errors.ts'

/** What checking a rule has cost, estimated from a sample of events. */
export interface RuleCost {
  readonly rule: Rule
  readonly checks: number
  readonly milliseconds: number
}

/** A rule that is no longer looked at, because it held up the others. */
export interface QuarantinedRule {
  readonly rule: Rule
  /** Checks that were too slow, of how many measured ones, and the slowest of them. */
  readonly slow: number
  readonly measured: number
  readonly slowestMs: number
  /** When that was noticed, milliseconds since 1970. */
  readonly sinceMs: number
}

/** Every so many events one is measured; long lines always are. */
const SAMPLE = 64
const LONG_LINE = 65_536
/** Most time for the rules of one long line; the rest of them is given up and the line is told as too costly. */
const LINE_BUDGET_MS = 80
/** A check that takes longer than this is slow, milliseconds. */
export const SLOW_MS = 20
/** A machine that pauses makes any check look slow once: a rule is put away for many slow ones, and a tenth of all. */
const SLOW_CHECKS = 5
const SLOW_SHARE = 0.1

/** Keeps account of what each rule costs, and puts away those that stall the others. */
export class RuleMeter {
  readonly #rules: readonly Rule[]
  readonly #now: () => number
  readonly #today: () => number
  readonly #checks: Float64Array
  readonly #milliseconds: Float64Array
  readonly #measured: Uint32Array
  readonly #slow: Uint32Array
  readonly #slowest: Float64Array
  readonly #quarantined = new Map<number, QuarantinedRule>()
  #weight = 0
  #spent = 0

  /** `now` in milliseconds of a clock that never steps back, `today` in milliseconds since 1970. */
  constructor(rules: readonly Rule[], now = () => performance.now(), today = Date.now) {
    this.#rules = rules
    this.#now = now
    this.#today = today
    this.#checks = new Float64Array(rules.length)
    this.#milliseconds = new Float64Array(rules.length)
    this.#measured = new Uint32Array(rules.length)
    this.#slow = new Uint32Array(rules.length)
    this.#slowest = new Float64Array(rules.length)
  }

  /** Whether the rules of this event are to be measured. */
  measures(event: number, length: number): boolean {
    const isLong = length > LONG_LINE
    if (!isLong && event % SAMPLE !== 0) return false
    this.#weight = isLong ? 1 : SAMPLE
    this.#spent = isLong ? 0 : Number.NEGATIVE_INFINITY
    return true
  }

  /** Runs one check of a rule. Throws too_costly once the rules of a long line have used up its time. */
  run(number: number, check: () => boolean): boolean {
    const began = this.#now()
    const holds = check()
    const elapsed = this.#now() - began
    this.#note(number, elapsed)
    this.#spent += elapsed
    if (this.#spent > LINE_BUDGET_MS) throw ruleErrors.too_costly({ limit: `${LINE_BUDGET_MS} ms` })
    return holds
  }

  isQuarantined(number: number): boolean {
    return this.#quarantined.has(number)
  }

  /** Lets a rule be looked at again, with a clean account of slow checks. False where it is in no quarantine. */
  lift(number: number): boolean {
    if (!this.#quarantined.delete(number)) return false
    this.#measured[number] = 0
    this.#slow[number] = 0
    this.#slowest[number] = 0
    return true
  }

  get quarantined(): readonly QuarantinedRule[] {
    return [...this.#quarantined.values()]
  }

  /** Dearest first. */
  costs(): readonly RuleCost[] {
    return this.#rules
      .map((rule, i) => ({ rule, checks: this.#checks[i] as number, milliseconds: this.#milliseconds[i] as number }))
      .filter(({ checks }) => checks > 0)
      .sort((a, b) => b.milliseconds - a.milliseconds)
  }

  #note(number: number, elapsed: number): void {
    this.#checks[number]! += this.#weight
    this.#milliseconds[number]! += this.#weight * elapsed
    this.#measured[number]! += 1
    if (elapsed <= SLOW_MS) return
    this.#slow[number]! += 1
    this.#slowest[number] = Math.max(this.#slowest[number] as number, elapsed)
    const [slow, measured] = [this.#slow[number] as number, this.#measured[number] as number]
    if (slow < SLOW_CHECKS || slow < SLOW_SHARE * measured) return
    const [rule, slowestMs] = [this.#rules[number] as Rule, this.#slowest[number] as number]
    this.#quarantined.set(number, { rule, slow, measured, slowestMs, sinceMs: this.#today() })
  }
}
