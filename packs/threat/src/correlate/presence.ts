import { readCondition } from '../rule/condition.ts'
import type { Expression } from '../rule/expression.ts'
import { correlationErrors } from './correlation-errors.ts'

/** A boolean condition over which rules have been seen; rules are numbers of references (pySigma: extended condition). */
export type Presence =
  | { readonly kind: 'seen'; readonly reference: number }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Presence[] }
  | { readonly kind: 'not'; readonly part: Presence }

/** Reads `a and (b or not c)` over the names of rules. Throws bad_condition or unsupported. */
export function readPresence(text: string, names: readonly string[]): Presence {
  const leaves = names.map((name, i): [string, Expression] => [
    name,
    { kind: 'match', field: String(i), value: { kind: 'exists', expected: true } },
  ])
  return presenceOf(readCondition(text, new Map(leaves)))
}

function presenceOf(expression: Expression): Presence {
  switch (expression.kind) {
    case 'match':
      return { kind: 'seen', reference: Number(expression.field) }
    case 'not':
      return { kind: 'not', part: presenceOf(expression.part) }
    case 'nothing':
      throw correlationErrors.unsupported({
        what: { en: 'a pattern that names no rule', zh: '不匹配任何规则名的模式' },
      })
    default:
      return { kind: expression.kind, parts: expression.parts.map(presenceOf) }
  }
}

/** Names of rules in the order of their first mention. */
export function namesIn(text: string): string[] {
  const words = text.match(/[^\s()]+/g) ?? []
  return [...new Set(words.filter((word) => !/^(?:and|or|not)$/i.test(word)))]
}

export function referencesIn(presence: Presence): number[] {
  if (presence.kind === 'seen') return [presence.reference]
  return presence.kind === 'not' ? referencesIn(presence.part) : presence.parts.flatMap(referencesIn)
}

/** Whether it holds where bit i of `seen` says that reference i has been seen. */
export function holdsFor(presence: Presence, seen: number): boolean {
  switch (presence.kind) {
    case 'seen':
      return ((seen >>> presence.reference) & 1) === 1
    case 'not':
      return !holdsFor(presence.part, seen)
    case 'and':
      return presence.parts.every((part) => holdsFor(part, seen))
    case 'or':
      return presence.parts.some((part) => holdsFor(part, seen))
  }
}
