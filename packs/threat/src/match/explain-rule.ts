import type { Format } from '../normalise/format.ts'
import { appliesTo, type LogSource, type NamedExpression, type Rule } from '../rule/rule.ts'
import { type Explanation, explainPart } from './explain.ts'
import type { FieldView } from './field-view.ts'
import { normalise } from './plain-matcher.ts'

/** A named piece of a rule with its verdict. */
export interface ExplainedPart {
  readonly name: string
  readonly why: Explanation
}

/** A condition by its text as it stands in the rule. */
export interface ExplainedCondition {
  readonly text: string
  readonly holds: boolean
  /** True where a pattern in it, e.g. `1 of filter_*`, names no detection and so never holds. */
  readonly namesNothing: boolean
}

/** A rule and one event, piece by piece. It fires where the log source fits, a condition holds, and every filter does. */
export interface RuleExplanation {
  readonly rule: string
  readonly fires: boolean
  /** The form of the event; undefined where none is known. */
  readonly format: string | undefined
  readonly logSource: { readonly wanted: LogSource; readonly found: LogSource; readonly fits: boolean }
  /** The detections by name, in the order of the file, also those that no condition names. */
  readonly detections: readonly ExplainedPart[]
  readonly conditions: readonly ExplainedCondition[]
  /** Sigma filters that tune this rule, by title. */
  readonly filters: readonly ExplainedPart[]
}

/** Why a rule does or does not fire for a parsed event, detection by detection. */
export function explainRule(event: unknown, rule: Rule, formats: readonly Format[]): RuleExplanation {
  const { format, source, view } = normalise(event, formats)
  const fits = appliesTo(rule.logSource, source.logSource)
  const conditions = explained(rule.parts.conditions, view)
  const filters = explained(rule.parts.filters, view)
  return {
    rule: rule.id,
    fires: fits && conditions.some(({ why }) => why.holds) && filters.every(({ why }) => why.holds),
    format: format?.id,
    logSource: { wanted: rule.logSource, found: source.logSource, fits },
    detections: explained(rule.parts.detections, view),
    conditions: conditions.map(({ name, why }) => ({ text: name, holds: why.holds, namesNothing: holdsNothing(why) })),
    filters,
  }
}

function holdsNothing(why: Explanation): boolean {
  if (why.kind === 'nothing') return true
  return why.kind !== 'match' && why.parts.some(holdsNothing)
}

function explained(parts: readonly NamedExpression[], view: FieldView): ExplainedPart[] {
  return parts.map(({ name, expression }) => ({ name, why: explainPart(expression, view) }))
}
