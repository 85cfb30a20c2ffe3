import type { Format, ResolvedSource } from '../normalise/format.ts'
import { resolveSource } from '../normalise/format.ts'
import { type Leaves, leavesOf } from '../normalise/leaves.ts'
import { appliesTo, type Rule } from '../rule/rule.ts'
import { evaluate } from './evaluate.ts'
import { type FieldView, fieldView } from './field-view.ts'

/** An event with its log source found and its fields named. */
export interface NormalEvent {
  readonly format: Format | undefined
  readonly source: ResolvedSource
  readonly view: FieldView
}

const UNKNOWN: ResolvedSource = { logSource: {}, rule: undefined }

/** Finds form and log source of a parsed event. An event of no known form keeps its own field names. */
export function normalise(event: unknown, formats: readonly Format[]): NormalEvent {
  const leaves = leavesOf(event)
  const textAt = (path: string): string | undefined => textOf(leaves, path)
  const format = formats.find((each) => each.has.every((path) => (leaves.get(path)?.length ?? 0) > 0))
  const source = format ? resolveSource(format, textAt) : UNKNOWN
  return { format, source, view: fieldView(leaves, format, source.rule) }
}

function textOf(leaves: Leaves, path: string): string | undefined {
  const value = leaves.get(path)?.[0]
  return value === undefined || value === null ? undefined : String(value)
}

/** Every rule that holds for a parsed event, in the order of the rules: straightforward, and slow. */
export function matchPlainly(rules: readonly Rule[], event: NormalEvent): Rule[] {
  return rules.filter(
    (rule) => appliesTo(rule.logSource, event.source.logSource) && evaluate(rule.expression, event.view),
  )
}
