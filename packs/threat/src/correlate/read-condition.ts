import { isMap } from '../rule/detection.ts'
import { within } from '../rule/rule-fault.ts'
import { type Bound, type CorrelationCondition, type CorrelationKind, meetsBounds } from './correlation.ts'
import { correlationErrors } from './correlation-errors.ts'
import { readPresence, referencesIn } from './presence.ts'

const BOUNDS: readonly Bound[] = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq']
const PATH = ['correlation', 'condition']
const COUNTS: readonly CorrelationKind[] = ['event_count', 'value_count', 'temporal', 'temporal_ordered']

export interface ConditionContext {
  readonly kind: CorrelationKind
  /** Names of the rules as the correlation writes them. */
  readonly rules: readonly string[]
}

export const isTemporal = (kind: CorrelationKind): boolean => kind === 'temporal' || kind === 'temporal_ordered'

/** Reads the condition of a correlation. A temporal one without condition wants all its rules. Throws a RuleFault. */
export function readCorrelationCondition(raw: unknown, context: ConditionContext): CorrelationCondition {
  const { kind, rules } = context
  if (raw === undefined && isTemporal(kind)) return { bounds: [['gte', rules.length]], fields: [] }
  if (typeof raw === 'string') return readWords(raw, context)
  if (!isMap(raw)) throw within(PATH, correlationErrors.missing({ what: 'correlation.condition' }))
  for (const key of Object.keys(raw)) {
    if (!BOUNDS.includes(key as Bound) && key !== 'field' && key !== 'percentile')
      throw within([...PATH, key], correlationErrors.unsupported({ what: `condition.${key}` }))
  }
  const bounds = BOUNDS.filter((is) => raw[is] !== undefined).map((is) => [is, readBound(raw[is], is, kind)] as const)
  if (bounds.length === 0)
    throw within(
      PATH,
      correlationErrors.missing({ what: { en: 'gt, gte, lt, lte, eq or neq', zh: 'gt、gte、lt、lte、eq 或 neq' } }),
    )
  refuseImpossible(bounds, context)
  return { bounds, fields: readFields(raw.field, kind), ...readPercentile(raw.percentile, kind) }
}

function readWords(raw: string, { kind, rules }: ConditionContext): CorrelationCondition {
  if (!isTemporal(kind))
    throw within(
      PATH,
      correlationErrors.unsupported({ what: { en: `a condition in words for ${kind}`, zh: `${kind} 的文字条件` } }),
    )
  try {
    const presence = readPresence(raw, rules)
    const used = new Set(referencesIn(presence))
    const unused = rules.find((_, i) => !used.has(i))
    if (unused)
      throw correlationErrors.bad_value({
        what: 'condition',
        value: raw,
        takes: { en: `every rule, also ${unused}`, zh: `全部规则，包括 ${unused}` },
      })
    if (kind === 'temporal') return { bounds: [['gte', 1]], fields: [], presence }
    if (presence.kind !== 'and' || presence.parts.some((part) => part.kind !== 'seen'))
      throw correlationErrors.unsupported({
        what: {
          en: 'or, not and parentheses in the order of temporal_ordered',
          zh: 'temporal_ordered 顺序中的 or、not 与括号',
        },
      })
    return { bounds: [['gte', rules.length]], fields: [], presence }
  } catch (error) {
    throw within(PATH, error)
  }
}

function readBound(raw: unknown, is: Bound, kind: CorrelationKind): number {
  const whole = COUNTS.includes(kind)
  if (typeof raw === 'number' && (whole ? Number.isSafeInteger(raw) && raw >= 0 : Number.isFinite(raw))) return raw
  const takes = whole ? '0, 1, 2, …' : '12.5, -3, …'
  throw within(
    [...PATH, is],
    correlationErrors.bad_value({ what: `condition.${is}`, value: JSON.stringify(raw) ?? '', takes }),
  )
}

/** A range without any number in it, or a count above what there can be, is a slip of the pen. */
function refuseImpossible(bounds: CorrelationCondition['bounds'], { kind, rules }: ConditionContext): void {
  const whole = COUNTS.includes(kind)
  const least = !whole ? Number.NEGATIVE_INFINITY : kind === 'temporal_ordered' ? 0 : 1
  const most = isTemporal(kind) ? rules.length : Number.POSITIVE_INFINITY
  const numbers = bounds.map(([, than]) => than)
  const near = numbers.flatMap((than) => [than - 1, than, than + 1])
  const between = whole ? [least, most] : numbers.flatMap((a) => numbers.map((b) => a + (b - a) / 2))
  const possible = [...near, ...between].filter((value) => value >= least && value <= most)
  if (possible.some((value) => meetsBounds({ bounds, fields: [] }, value))) return
  const why = bounds.map(([is, than]) => `${is} ${than}`).join(', ') + (isTemporal(kind) ? ` / ${most}` : '')
  throw within(PATH, correlationErrors.never({ why }))
}

function readFields(raw: unknown, kind: CorrelationKind): string[] {
  const path = [...PATH, 'field']
  if (!kind.startsWith('value_')) {
    if (raw === undefined) return []
    throw within(
      path,
      correlationErrors.unsupported({ what: { en: `condition.field of ${kind}`, zh: `${kind} 的 condition.field` } }),
    )
  }
  const fields = Array.isArray(raw) ? raw : raw === undefined ? [] : [raw]
  if (fields.length === 0) throw within(PATH, correlationErrors.missing({ what: 'condition.field' }))
  if (
    fields.some((field) => typeof field !== 'string' || field === '') ||
    (kind !== 'value_count' && fields.length > 1)
  ) {
    const takes = kind === 'value_count' ? 'User, [User, Host]' : 'bytes'
    throw within(path, correlationErrors.bad_value({ what: 'condition.field', value: JSON.stringify(raw), takes }))
  }
  return fields
}

/** Sigma 2.1 does not say which percentile is meant where none is given: it must be given. */
function readPercentile(raw: unknown, kind: CorrelationKind): { percentile?: number } {
  if (kind !== 'value_percentile') {
    if (raw === undefined) return {}
    throw within(
      [...PATH, 'percentile'],
      correlationErrors.unsupported({
        what: { en: `condition.percentile of ${kind}`, zh: `${kind} 的 condition.percentile` },
      }),
    )
  }
  if (raw === undefined) throw within(PATH, correlationErrors.missing({ what: 'condition.percentile' }))
  if (typeof raw === 'number' && raw >= 0 && raw <= 100) return { percentile: raw }
  throw within(
    [...PATH, 'percentile'],
    correlationErrors.bad_value({ what: 'condition.percentile', value: JSON.stringify(raw), takes: '0 … 100' }),
  )
}
