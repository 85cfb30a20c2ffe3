import type { Scalar } from '../normalise/leaves.ts'
import { isInBlock, readBlock } from '../rule/cidr.ts'
import type { Match } from '../rule/expression.ts'
import { MANY, ONE, type Pattern } from '../rule/pattern.ts'
import { matchesPattern } from '../rule/pattern-match.ts'
import { compileRegex } from '../rule/regex.ts'
import { ruleErrors } from '../rule/rule-errors.ts'
import type { Comparison } from '../rule/value.ts'
import { fold } from './fold.ts'
import { timePartOf } from './time-part.ts'

/** Whether one value of a field fits. Absent fields, `exists` and field references are decided above this. */
export type ScalarTest = (actual: Scalar) => boolean

/** What a pattern may need at worst on one value: some 100 ms. */
const MAX_STEPS = 2 ** 22
const STEPS = { en: `${MAX_STEPS} steps`, zh: `${MAX_STEPS} 步` }
const NUMBER = /^\s*-?\d+(?:\.\d+)?\s*$/

/** The test of one comparison; patterns and regular expressions are prepared once. */
export function scalarTest(value: Match['value'], asKeyword = false): ScalarTest {
  switch (value.kind) {
    case 'text':
      return textTest(asKeyword ? opened(value.pattern) : value.pattern, value.cased)
    case 'number':
      if (asKeyword) return textTest(opened([String(value.value)]), false)
      return (actual) => String(actual) === String(value.value)
    case 'boolean':
      return (actual) => String(actual).toLowerCase() === String(value.value)
    case 'null':
      return (actual) => actual === null
    case 'regex': {
      const regex = compileRegex(value.source, value.flags)
      return (actual) => actual !== null && regex.test(String(actual))
    }
    case 'cidr': {
      const block = readBlock(value.block)
      return (actual) => typeof actual === 'string' && block !== undefined && isInBlock(block, actual)
    }
    case 'compare':
      return (actual) => compared(numberOf(actual), value.is, value.than)
    case 'time':
      return (actual) =>
        (typeof actual === 'string' || typeof actual === 'number') &&
        compared(timePartOf(value.unit, actual), value.is, value.than)
    case 'exists':
    case 'reference':
      return () => false
  }
}

function textTest(pattern: Pattern, cased: boolean): ScalarTest {
  const wanted = cased ? pattern : pattern.map((part) => (typeof part === 'string' ? fold(part) : part))
  const perCharacter = stepsPerCharacter(wanted)
  return (actual) => {
    if (actual === null) return false
    const text = String(actual)
    if (perCharacter * text.length > MAX_STEPS) throw ruleErrors.too_costly({ limit: STEPS })
    return matchesPattern(wanted, cased ? text : fold(text))
  }
}

/** Parts between two `*`, all of which may be tried at each place of the text; a literal alone is found much quicker. */
function stepsPerCharacter(pattern: Pattern): number {
  let [most, run] = [0, 0]
  for (const part of pattern.slice(pattern.indexOf(MANY) + 1 || pattern.length)) {
    run = part === MANY ? 0 : run + 1
    if (run > 1 || part === ONE) most = Math.max(most, run)
  }
  return most
}

/** A keyword may stand anywhere in a value. */
function opened(pattern: Pattern): Pattern {
  return [MANY, ...pattern, MANY]
}

function numberOf(actual: Scalar): number | undefined {
  if (typeof actual === 'number') return actual
  return typeof actual === 'string' && NUMBER.test(actual) ? Number(actual) : undefined
}

function compared(actual: number | undefined, is: Comparison | 'eq', than: number): boolean {
  if (actual === undefined) return false
  switch (is) {
    case 'eq':
      return actual === than
    case 'lt':
      return actual < than
    case 'lte':
      return actual <= than
    case 'gt':
      return actual > than
    case 'gte':
      return actual >= than
  }
}
