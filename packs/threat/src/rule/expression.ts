import type { Value } from './value.ts'

/** One comparison. Without a field it is a keyword: it is looked for in every value of the event. */
export interface Match {
  readonly kind: 'match'
  readonly field: string | undefined
  readonly value: Exclude<Value, { kind: 'any' }>
}

/** What a rule says about one event. `nothing` never holds: a pattern of a condition that names no detection. */
export type Expression =
  | Match
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Expression[] }
  | { readonly kind: 'not'; readonly part: Expression }
  | { readonly kind: 'nothing' }

export const NOTHING: Expression = { kind: 'nothing' }

/** A list of one needs no and/or around it. */
export function group(kind: 'and' | 'or', parts: readonly Expression[]): Expression {
  if (parts.length === 0) return NOTHING
  return parts.length === 1 ? (parts[0] as Expression) : { kind, parts }
}

/** Whether an expression has more than `limit` comparisons; looks at no more of it than that. */
export function isLargerThan(expression: Expression, limit: number): boolean {
  let left = limit
  const fits = (each: Expression): boolean => {
    left -= 1
    if (each.kind === 'not') return fits(each.part)
    return each.kind === 'and' || each.kind === 'or' ? each.parts.every(fits) : left >= 0
  }
  return !fits(expression)
}

/** Whether it holds for every event, or for none; undefined where that depends on the event. */
export function constantOf(expression: Expression): boolean | undefined {
  if (expression.kind === 'match') return undefined
  if (expression.kind === 'nothing') return false
  if (expression.kind === 'not') {
    const part = constantOf(expression.part)
    return part === undefined ? undefined : !part
  }
  const parts = expression.parts.map(constantOf)
  const decisive = expression.kind === 'or'
  if (parts.includes(decisive)) return decisive
  return parts.includes(undefined) ? undefined : !decisive
}

/** Every comparison of an expression, also those under a `not`. */
export function matchesOf(expression: Expression): Match[] {
  if (expression.kind === 'match') return [expression]
  if (expression.kind === 'not') return matchesOf(expression.part)
  return expression.kind === 'nothing' ? [] : expression.parts.flatMap(matchesOf)
}
