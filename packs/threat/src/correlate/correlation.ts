import type { RuleOrigin } from '../rule/rule.ts'
import type { Presence } from './presence.ts'

export const CORRELATION_KINDS = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_percentile',
  'value_median',
] as const

export type CorrelationKind = (typeof CORRELATION_KINDS)[number]

export type Bound = 'gt' | 'gte' | 'lt' | 'lte' | 'eq' | 'neq'

export interface CorrelationCondition {
  /** All of them must hold for the value of a window; two make a range. */
  readonly bounds: readonly (readonly [is: Bound, than: number])[]
  /** Fields whose values are counted or summed up; empty for event_count and the temporal kinds. */
  readonly fields: readonly string[]
  /** 0 to 100; only value_percentile has one. */
  readonly percentile?: number
  /** Which rules must have been seen, where the condition is written in words. */
  readonly presence?: Presence
}

/** A rule that a correlation reads: a detection rule by its place in the rule set, or a correlation by its place in the order. */
export type Reference = { readonly rule: number } | { readonly correlation: number }

/** A Sigma 2.1 correlation rule, read and resolved. */
export interface Correlation {
  readonly id: string
  readonly name: string | undefined
  readonly title: string
  readonly level: string
  readonly status: string
  /** Date of the last change as the author wrote it. */
  readonly version: string
  readonly tags: readonly string[]
  readonly origin: RuleOrigin
  readonly kind: CorrelationKind
  readonly references: readonly Reference[]
  readonly groupBy: readonly string[]
  /** Real field names by alias, one map for each reference. */
  readonly aliases: readonly ReadonlyMap<string, string>[]
  /** Length of the sliding window in milliseconds; both ends belong to it. */
  readonly spanMs: number
  readonly condition: CorrelationCondition
  /** Whether the rules it reads alert by themselves too. */
  readonly generate: boolean
  /** Everything that decides what it does, as text: saved windows are only taken up by the same definition. */
  readonly fingerprint: string
}

export function meetsBounds({ bounds }: CorrelationCondition, value: number): boolean {
  for (let k = 0; k < bounds.length; k += 1) {
    const [is, than] = bounds[k] as readonly [Bound, number]
    if (!meets(value, is, than)) return false
  }
  return !Number.isNaN(value)
}

function meets(value: number, is: Bound, than: number): boolean {
  switch (is) {
    case 'gt':
      return value > than
    case 'gte':
      return value >= than
    case 'lt':
      return value < than
    case 'lte':
      return value <= than
    case 'eq':
      return value === than
    case 'neq':
      return value !== than
  }
}
