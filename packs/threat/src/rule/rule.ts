import type { Expression } from './expression.ts'

/** Which events a rule is about; what it leaves out fits everything. */
export interface LogSource {
  readonly product?: string
  readonly category?: string
  readonly service?: string
}

/** What must accompany every alert (Detection Rule License 1.1), and where the rule comes from. */
export interface RuleOrigin {
  readonly author: string
  readonly licence: string
  readonly link: string
  readonly file: string
  /** 1-based line of the first line of the rule in its file. */
  readonly line: number
}

/** A piece of a rule under the name that people know: a detection, a condition by its text, a filter by its title. */
export interface NamedExpression {
  readonly name: string
  readonly expression: Expression
}

/** What the expression of a rule was put together from; one of the conditions and every filter must hold. */
export interface RuleParts {
  readonly detections: readonly NamedExpression[]
  readonly conditions: readonly NamedExpression[]
  readonly filters: readonly NamedExpression[]
}

export interface Rule {
  readonly id: string
  readonly name: string | undefined
  readonly title: string
  readonly level: string
  readonly status: string
  /** Date of the last change as the author wrote it: the version of a Sigma rule. */
  readonly version: string
  readonly tags: readonly string[]
  readonly logSource: LogSource
  /** Fields that the author wants to see in an alert. */
  readonly fields: readonly string[]
  readonly origin: RuleOrigin
  readonly expression: Expression
  readonly parts: RuleParts
}

/** True if the rule's log source asks nothing that the event's does not have. */
export function appliesTo(rule: LogSource, event: LogSource): boolean {
  return (
    (rule.product === undefined || rule.product === event.product) &&
    (rule.category === undefined || fitsCategory(rule.category, event.category)) &&
    (rule.service === undefined || rule.service === event.service)
  )
}

const REGISTRY = new Set(['registry_add', 'registry_delete', 'registry_set', 'registry_rename'])

/** registry_event is the Sigma name for all registry changes together (Sysmon 12, 13, 14). */
function fitsCategory(asked: string, found: string | undefined): boolean {
  return asked === found || (asked === 'registry_event' && found !== undefined && REGISTRY.has(found))
}
