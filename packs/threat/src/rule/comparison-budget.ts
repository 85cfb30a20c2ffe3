import type { Expression } from './expression.ts'
import { isLargerThan } from './expression.ts'
import { ruleErrors } from './rule-errors.ts'

const MAX_COMPARISONS = 20_000
const LARGE = { why: { en: `more than ${MAX_COMPARISONS} comparisons`, zh: `比较超过 ${MAX_COMPARISONS} 个` } }

/** Comparisons that one rule may have: counted while they are made, so that a rule which multiplies is given up early. */
export class ComparisonBudget {
  #left = MAX_COMPARISONS

  /** Throws `too_large`. */
  take(comparisons: number): void {
    this.#left -= comparisons
    if (this.#left < 0) throw ruleErrors.too_large(LARGE)
  }
}

/** Throws `too_large` for an expression with more, those that its conditions choose several times counted each time. */
export function refuseLarge(expression: Expression): void {
  if (isLargerThan(expression, MAX_COMPARISONS)) throw ruleErrors.too_large(LARGE)
}
