import type { Expression } from './expression.ts'
import type { LogSource, Rule, RuleOrigin } from './rule.ts'

/** A Sigma filter: a condition that is added to rules which it names, to tune them without editing them. */
export interface RuleFilter {
  readonly id: string
  readonly title: string
  readonly logSource: LogSource
  /** Ids or names of rules; `any` means every rule of the log source. */
  readonly rules: readonly string[] | 'any'
  readonly expression: Expression
  readonly origin: Pick<RuleOrigin, 'file' | 'line'>
}

/** The rule with every filter that names it joined by `and`. */
export function applyFilters(rule: Rule, filters: readonly RuleFilter[]): Rule {
  const added = filters.filter((filter) => concerns(filter, rule))
  if (added.length === 0) return rule
  const named = added.map(({ title, expression }) => ({ name: title, expression }))
  const parts = { ...rule.parts, filters: [...rule.parts.filters, ...named] }
  const expression = { kind: 'and' as const, parts: [rule.expression, ...added.map((each) => each.expression)] }
  return { ...rule, expression, parts }
}

/** Whether a filter is added to a rule: it names it, and is of its log source. */
export function concerns(filter: RuleFilter, rule: Rule): boolean {
  const named =
    filter.rules === 'any' || filter.rules.includes(rule.id) || (!!rule.name && filter.rules.includes(rule.name))
  return named && within(rule.logSource, filter.logSource)
}

/** A filter without a category also tunes rules that have one; never the other way round. */
function within(rule: LogSource, filter: LogSource): boolean {
  return (['product', 'category', 'service'] as const).every(
    (key) => filter[key] === undefined || filter[key] === rule[key],
  )
}
