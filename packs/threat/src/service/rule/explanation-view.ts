import type { ExplainedItem, ExplainedPart, RuleExplanation as ExplanationView } from '@dengta/sdk'
import { alertOf } from '../../detect/alert.ts'
import type { Explanation } from '../../match/explain.ts'
import type { ExplainedPart as PlainPart, RuleExplanation } from '../../match/explain-rule.ts'
import type { Scalar } from '../../normalise/leaves.ts'
import type { Rule } from '../../rule/rule.ts'

/** An answer stays readable, and small: a rule may hold thousands of items, an event values of a mebibyte. */
const MAX_ITEMS = 500
const MAX_FOUND = 20
const MAX_CHARS = 2000

/** An explanation as the page shows it, with the credit of the rule. */
export function explanationView(rule: Rule, explanation: RuleExplanation): ExplanationView {
  const { fires, format, logSource, detections, conditions, filters } = explanation
  const { rule: credit } = alertOf(rule, { file: '', line: 0, logSource: {}, matched: [] })
  return {
    rule: { ...credit, tags: [...credit.tags] },
    fires,
    ...(format === undefined ? {} : { format }),
    logSource,
    detections: detections.map(partView),
    conditions: conditions.map((each) => ({ ...each })),
    filters: filters.map(partView),
  }
}

function partView({ name, why }: PlainPart): ExplainedPart {
  const items = itemsOf(why, 0)
  return { name, holds: why.holds, items: items.slice(0, MAX_ITEMS), more: Math.max(0, items.length - MAX_ITEMS) }
}

function itemsOf(why: Explanation, depth: number): ExplainedItem[] {
  const { kind: what, holds } = why
  if (why.kind === 'match') return [{ depth, holds, what, match: matchView(why) }]
  const inner = why.kind === 'nothing' ? [] : why.parts.flatMap((part) => itemsOf(part, depth + 1))
  return [{ depth, holds, what }, ...inner]
}

function matchView({ field, wanted, found }: Extract<Explanation, { kind: 'match' }>) {
  return {
    ...(field === undefined ? {} : { field }),
    wanted: short(wanted),
    found: found.slice(0, MAX_FOUND).map((value: Scalar) => (typeof value === 'string' ? short(value) : value)),
  }
}

const short = (text: string): string => (text.length <= MAX_CHARS ? text : `${text.slice(0, MAX_CHARS)}…`)
