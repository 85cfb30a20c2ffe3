import { joined, type Part, type Pattern, readPattern } from './pattern.ts'
import { ruleErrors } from './rule-errors.ts'
import type { Value } from './value.ts'

/** The values that stand for `%name%` in this installation; each may hold wildcards. */
export type Placeholders = Readonly<Record<string, readonly string[]>>

const MAX_VALUES = 100_000

/** Replaces every placeholder by each of its values. Throws `placeholder` where one has none. */
export function fillPlaceholders(value: Value, placeholders: Placeholders): readonly Value[] {
  if (value.kind === 'any') return value.values.flatMap((each) => fillPlaceholders(each, placeholders))
  if (value.kind !== 'text' || !value.pattern.some(isPlaceholder)) return [value]
  return filled(value.pattern, placeholders).map((pattern) => ({ ...value, pattern }))
}

function filled(pattern: Pattern, placeholders: Placeholders): Pattern[] {
  let heads: Part[][] = [[]]
  for (const part of pattern) {
    const choices: readonly Pattern[] = isPlaceholder(part)
      ? valuesOf(part.placeholder, placeholders).map(readPattern)
      : [[part]]
    if (heads.length * choices.length > MAX_VALUES)
      throw ruleErrors.too_large({ why: { en: 'too many placeholder values', zh: '占位符取值过多' } })
    heads = heads.flatMap((head) => choices.map((choice): Part[] => [...head, ...choice]))
  }
  return heads.map(joined)
}

function valuesOf(name: string, placeholders: Placeholders): readonly string[] {
  const values = Object.hasOwn(placeholders, name) ? placeholders[name] : undefined
  if (!values || values.length === 0) throw ruleErrors.placeholder({ name })
  return values
}

const isPlaceholder = (part: Part): part is { placeholder: string } => typeof part === 'object'
