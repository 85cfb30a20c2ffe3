import { ruleErrors } from './rule-errors.ts'
import type { Value } from './value.ts'

/** Forms that the modifiers may make of one value, and the characters of all of them. */
export const MAX_FORMS = 10_000
const MAX_CHARACTERS = 2 ** 22
const GROWN = { why: { en: 'its modifiers make too much of one value', zh: '修饰符由一个值展开出的内容过多' } }

/** How many comparisons a value stands for. */
export function formsOf(value: Value): number {
  return value.kind === 'any' ? value.values.reduce((sum, each) => sum + formsOf(each), 0) : 1
}

function charactersOf(value: Value): number {
  if (value.kind === 'any') return value.values.reduce((sum, each) => sum + charactersOf(each), 0)
  if (value.kind !== 'text') return 0
  return value.pattern.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 1), 0)
}

/** Changes every form of a group. Throws `too_large` as soon as there are too many. */
export function changeForms(values: readonly Value[], change: (value: Value) => Value): Value {
  let forms = 0
  const changed = values.map((each) => {
    const next = change(each)
    forms += formsOf(next)
    if (forms > MAX_FORMS) throw ruleErrors.too_large(GROWN)
    return next
  })
  return { kind: 'any', values: changed }
}

/** Throws `too_large`: each modifier may multiply what the one before has made. */
export function refuseGrown(value: Value): void {
  if (charactersOf(value) > MAX_CHARACTERS) throw ruleErrors.too_large(GROWN)
}
