import type { Match } from '../rule/expression.ts'
import { isLiteral, MANY, type Pattern } from '../rule/pattern.ts'
import { fold } from './fold.ts'
import { costOfLiteral } from './literal-cost.ts'
import type { Place } from './literal-trie.ts'
import { literalOfRegex } from './required-literal.ts'

/** What an automaton can look for on behalf of a comparison. */
export interface Sought {
  readonly text: string
  readonly place: Place
  /** True if finding it decides the comparison; false if it is only necessary. */
  readonly decides: boolean
}

/** The literal behind a comparison; undefined where it has none and must be looked at in every event. */
export function soughtBy({ value, field }: Match): Sought | undefined {
  switch (value.kind) {
    case 'text': {
      const shape = shapeOf(value.pattern)
      if (shape && field !== undefined) return { ...shape, decides: !value.cased }
      if (shape && shape.text !== '') return { text: shape.text, place: 'contains', decides: !value.cased }
      return partOf(value.pattern, field !== undefined)
    }
    case 'number':
    case 'boolean':
      return { text: String(value.value), place: field === undefined ? 'contains' : 'equals', decides: true }
    case 'regex':
      return necessary(literalOfRegex(value.source))
    default:
      return undefined
  }
}

function necessary(text: string | undefined): Sought | undefined {
  return text ? { text, place: 'contains', decides: false } : undefined
}

/** The literal of a pattern with wildcards that is found least often; one at an end is bound to it, but in a keyword. */
function partOf(pattern: Pattern, bound: boolean): Sought | undefined {
  const placeAt = (i: number): Place => {
    if (!bound) return 'contains'
    return i === 0 ? 'starts' : i === pattern.length - 1 ? 'ends' : 'contains'
  }
  const parts = pattern.flatMap((part, i) =>
    typeof part === 'string' ? [{ text: fold(part), place: placeAt(i), decides: false }] : [],
  )
  return parts.sort((a, b) => costOfLiteral(a) - costOfLiteral(b))[0]
}

/** A pattern that is one literal, open at neither, one or both ends. */
function shapeOf(pattern: Pattern): { text: string; place: Place } | undefined {
  const openStart = pattern[0] === MANY
  const openEnd = pattern.length > 1 && pattern.at(-1) === MANY
  const inner = pattern.slice(openStart ? 1 : 0, openEnd ? -1 : undefined)
  if (!isLiteral(inner) || inner.length > 1) return undefined
  const text = fold((inner[0] as string | undefined) ?? '')
  if (text === '' && pattern.length > 0) return undefined
  if (openStart) return { text, place: openEnd ? 'contains' : 'ends' }
  return { text, place: openEnd ? 'starts' : 'equals' }
}

/** Two comparisons with the same key are the same. */
export function keyOf(match: Match): string {
  return JSON.stringify([match.field ?? null, match.value], (_key, value) =>
    typeof value === 'symbol' ? { wildcard: value.description } : value,
  )
}
