import type { Pattern } from './pattern.ts'

export const TIME_UNITS = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const
export type TimeUnit = (typeof TIME_UNITS)[number]

export const COMPARISONS = ['lt', 'lte', 'gt', 'gte'] as const
export type Comparison = (typeof COMPARISONS)[number]

/** Flags of a regular expression: i ignores case, m makes ^ and $ match at lines, s lets the dot match line ends. */
export type RegexFlag = 'i' | 'm' | 's'

export interface TextValue {
  readonly kind: 'text'
  readonly pattern: Pattern
  readonly cased: boolean
  /** As it stands in the rule file, before wildcards and escapes are read. */
  readonly raw: string
}

/** What a field is compared with, after all modifiers. */
export type Value =
  | TextValue
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'regex'; readonly source: string; readonly flags: readonly RegexFlag[] }
  | { readonly kind: 'cidr'; readonly block: string }
  | { readonly kind: 'compare'; readonly is: Comparison; readonly than: number }
  | { readonly kind: 'exists'; readonly expected: boolean }
  | { readonly kind: 'reference'; readonly field: string; readonly openStart: boolean; readonly openEnd: boolean }
  | { readonly kind: 'time'; readonly unit: TimeUnit; readonly is: Comparison | 'eq'; readonly than: number }
  | { readonly kind: 'any'; readonly values: readonly Value[] }

/** A plain YAML value of a rule as a Sigma value. */
export function plainText(raw: string, pattern: Pattern): TextValue {
  return { kind: 'text', pattern, cased: false, raw }
}
