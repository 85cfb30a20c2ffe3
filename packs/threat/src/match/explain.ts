import type { Scalar } from '../normalise/leaves.ts'
import type { Expression, Match } from '../rule/expression.ts'
import { MANY, ONE, type Pattern } from '../rule/pattern.ts'
import { holds } from './evaluate.ts'
import type { FieldView } from './field-view.ts'
import { isTooCostly } from './too-costly.ts'

/** One part of a rule with its verdict; comparisons also show what was wanted and what the event has. */
export type Explanation =
  | { readonly kind: 'and' | 'or' | 'not'; readonly holds: boolean; readonly parts: readonly Explanation[] }
  | { readonly kind: 'nothing'; readonly holds: false }
  | (MatchedField & { readonly kind: 'match'; readonly holds: boolean })

/** A comparison and the values that the event has for it. */
export interface MatchedField {
  /** Undefined for a keyword. */
  readonly field: string | undefined
  readonly wanted: string
  readonly found: readonly Scalar[]
}

/** The verdict on an expression, comparison by comparison. */
export function explainPart(expression: Expression, view: FieldView): Explanation {
  if (expression.kind === 'nothing') return { kind: 'nothing', holds: false }
  if (expression.kind === 'match') return explainMatch(expression, view)
  if (expression.kind === 'not') {
    const part = explainPart(expression.part, view)
    return { kind: 'not', holds: !part.holds, parts: [part] }
  }
  const parts = expression.parts.map((part) => explainPart(part, view))
  const all = expression.kind === 'and'
  return {
    kind: expression.kind,
    holds: all ? parts.every((part) => part.holds) : parts.some((part) => part.holds),
    parts,
  }
}

function explainMatch(match: Match, view: FieldView): Explanation {
  const held = holdsInTime(match, view)
  return { kind: 'match', holds: held, ...matchedField(match, view, held) }
}

function matchedField(match: Match, view: FieldView, held: boolean): MatchedField {
  const found = match.field === undefined ? keywordValues(match, view, held) : view.values(match.field)
  return { field: match.field, wanted: wantedText(match), found }
}

/** The comparisons that made a rule fire: those that hold, outside every `not`. Tells nothing of the others, so it is quick. */
export const matchedFields = (expression: Expression, view: FieldView): readonly MatchedField[] =>
  matchedIn(expression, view) ?? []

type Matched = readonly MatchedField[] | undefined

/** Undefined where it does not hold. */
function matchedIn(expression: Expression, view: FieldView): Matched {
  switch (expression.kind) {
    case 'nothing':
      return undefined
    case 'match':
      return holdsInTime(expression, view) ? [matchedField(expression, view, true)] : undefined
    case 'not':
      return matchedIn(expression.part, view) ? undefined : []
    case 'and':
      return matchedInAll(expression.parts, view)
    case 'or':
      return matchedInAny(expression.parts, view)
  }
}

function matchedInAll(parts: readonly Expression[], view: FieldView): Matched {
  const all: MatchedField[] = []
  for (const part of parts) {
    const matched = matchedIn(part, view)
    if (!matched) return undefined
    all.push(...matched)
  }
  return all
}

function matchedInAny(parts: readonly Expression[], view: FieldView): Matched {
  const holding = parts.flatMap((part) => {
    const matched = matchedIn(part, view)
    return matched ? [matched] : []
  })
  return holding.length === 0 ? undefined : holding.flat()
}

/**
 * A comparison that would take too long on this value is told as one that does not hold: all of them are looked at here, and
 * a rule may have fired without this one.
 */
function holdsInTime(match: Match, view: FieldView): boolean {
  try {
    return holds(match, view)
  } catch (error) {
    if (isTooCostly(error)) return false
    throw error
  }
}

/** Of all values of the event only those that hold the keyword. */
function keywordValues(match: Match, view: FieldView, held: boolean): Scalar[] {
  if (!held) return []
  return [...view.all()].filter((value) =>
    holdsInTime(match, { has: () => true, values: () => [value], all: () => [value] }),
  )
}

function wantedText({ value }: Match): string {
  switch (value.kind) {
    case 'text':
      return patternText(value.pattern)
    case 'number':
    case 'boolean':
      return String(value.value)
    case 'null':
      return 'null'
    case 'regex':
      return `/${value.source}/${value.flags.join('')}`
    case 'cidr':
      return value.block
    case 'compare':
      return `${value.is} ${value.than}`
    case 'time':
      return `${value.unit} ${value.is} ${value.than}`
    case 'exists':
      return value.expected ? 'present' : 'absent'
    case 'reference':
      return `${value.openStart ? '*' : ''}{${value.field}}${value.openEnd ? '*' : ''}`
  }
}

function patternText(pattern: Pattern): string {
  return pattern
    .map((part) => {
      if (typeof part === 'string') return part.replace(/[*?\\](?=[*?\\]|$)|[*?]/g, '\\$&')
      if (part === MANY) return '*'
      return part === ONE ? '?' : `%${part.placeholder}%`
    })
    .join('')
}
