import type { ComparisonBudget } from './comparison-budget.ts'
import { type Expression, group, type Match } from './expression.ts'
import { fieldName } from './field-name.ts'
import { type Item, readItem } from './item.ts'
import { fillPlaceholders, type Placeholders } from './placeholders.ts'
import { ruleErrors } from './rule-errors.ts'
import { type RulePath, within } from './rule-fault.ts'
import type { Value } from './value.ts'

const MAX_DEPTH = 20
const DEEP = { why: { en: 'nested too deeply', zh: '嵌套过深' } }

export interface DetectionPlace {
  readonly path: RulePath
  readonly placeholders: Placeholders
  /** Of the whole rule. */
  readonly budget: ComparisonBudget
}

/**
 * Reads one named detection: a map of fields (all hold), a list of maps (one holds) or keywords (one occurs).
 * Throws a RuleFault that names the place.
 */
export function readDetection(raw: unknown, place: DetectionPlace): Expression {
  if (place.path.length > MAX_DEPTH) throw within(place.path, ruleErrors.too_large(DEEP))
  if (isMap(raw)) return readMap(raw, place)
  if (Array.isArray(raw)) return readList(raw, place)
  if (typeof raw === 'string' || typeof raw === 'number') return itemExpression('', raw, place)
  throw within(place.path, ruleErrors.bad_detection({ name: String(place.path.at(-1)) }))
}

function readMap(raw: Record<string, unknown>, place: DetectionPlace): Expression {
  const entries = Object.entries(raw)
  if (entries.length === 0) throw within(place.path, ruleErrors.bad_detection({ name: String(place.path.at(-1)) }))
  return group(
    'and',
    entries.map(([key, value]) => itemExpression(key, value, { ...place, path: [...place.path, key] })),
  )
}

function readList(raw: readonly unknown[], place: DetectionPlace): Expression {
  if (raw.length === 0) throw within(place.path, ruleErrors.bad_detection({ name: String(place.path.at(-1)) }))
  return group(
    'or',
    raw.map((each, i) => readDetection(each, { ...place, path: [...place.path, i] })),
  )
}

function itemExpression(key: string, raw: unknown, place: DetectionPlace): Expression {
  let index: number | undefined
  try {
    const item = readItem(key, raw, (i) => {
      index = i
    })
    return expressionOf(item, place)
  } catch (error) {
    throw within(index === undefined ? place.path : [...place.path, index], error)
  }
}

function expressionOf(item: Item, { placeholders, budget }: DetectionPlace): Expression {
  const values: readonly Value[] = item.values.length === 0 ? [{ kind: 'null' }] : item.values
  const whole = group(
    item.join,
    values.map((value) => {
      const found = fillPlaceholders(value, placeholders).flatMap((each) => matches(item, each))
      budget.take(found.length)
      return group('or', found)
    }),
  )
  return item.negated ? { kind: 'not', part: whole } : whole
}

function matches(item: Item, value: Value): Match[] {
  if (value.kind === 'any') return value.values.flatMap((each) => matches(item, each))
  if (item.field === undefined && value.kind !== 'text' && value.kind !== 'number' && value.kind !== 'regex') {
    throw ruleErrors.unsupported({ what: `a keyword of kind ${value.kind}` })
  }
  const own = value.kind === 'reference' ? { ...value, field: fieldName(value.field) } : value
  return [{ kind: 'match', field: item.field, value: own }]
}

export const isMap = (raw: unknown): raw is Record<string, unknown> =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw)
