import type { Format } from '../normalise/format.ts'
import type { Scalar } from '../normalise/leaves.ts'
import type { Expression, Match } from '../rule/expression.ts'
import { MANY, ONE, type Pattern } from '../rule/pattern.ts'
import type { LogSource, Rule } from '../rule/rule.ts'
import { holds } from './evaluate.ts'
import type { FieldView } from './field-view.ts'
import { normalise } from './plain-matcher.ts'
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

/** Why the condition of a rule does or does not hold for a parsed event, and what the event is. */
export function explain(
  event: unknown,
  rule: Rule,
  formats: readonly Format[],
): { readonly logSource: LogSource; readonly condition: Explanation } {
  const { source, view } = normalise(event, formats)
  return { logSource: source.logSource, condition: explainPart(rule.expression, view) }
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
  const found = match.field === undefined ? keywordValues(match, view, held) : view.values(match.field)
  return { kind: 'match', holds: held, field: match.field, wanted: wantedText(match), found }
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

/** The comparisons that made a rule fire: those that hold, outside every `not`. */
export function matchedFields(explanation: Explanation): MatchedField[] {
  if (!explanation.holds || explanation.kind === 'not') return []
  if (explanation.kind !== 'match') return explanation.parts.flatMap(matchedFields)
  const { field, wanted, found } = explanation
  return [{ field, wanted, found }]
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
