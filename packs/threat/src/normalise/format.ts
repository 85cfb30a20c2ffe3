import type { LogSource } from '../rule/rule.ts'

/** Reads one field of an event as text; undefined where the event does not have it. */
export type TextAt = (path: string) => string | undefined

/** Key of a table for all that it does not list. */
const ANY = '*'

/** Where a part of the log source comes from: fixed, or a field of the event, if need be through a table. */
export interface SourcePart {
  readonly is?: string
  readonly path?: string
  readonly table?: ReadonlyMap<string, string>
}

export interface CategoryRule {
  readonly service: string | undefined
  /** Sigma fields of the event and the values that they must have, compared in lower case. */
  readonly when: readonly (readonly [field: string, value: string])[]
  readonly category: string
  readonly fields: FieldMap
}

/** Sigma field -> paths of the event that also hold it. */
export type FieldMap = ReadonlyMap<string, readonly string[]>

/** One form in which events arrive. */
export interface Format {
  readonly id: string
  /** Paths that an event of this form has. */
  readonly has: readonly string[]
  /** Parts of a path in front of the Sigma field name. */
  readonly prefixes: readonly string[]
  readonly fields: FieldMap
  readonly product: SourcePart
  readonly service: SourcePart
  readonly category: SourcePart
  readonly categories: readonly CategoryRule[]
}

export interface ResolvedSource {
  readonly logSource: LogSource
  /** Set where the category has names of its own for some fields. */
  readonly rule: CategoryRule | undefined
}

/** Every path under which an event of this form may hold the field; the field's own name comes first. */
export function pathsOf(format: Format, field: string, rule?: CategoryRule): readonly string[] {
  const mapped = [format.fields.get(field), rule?.fields.get(field)].flatMap((paths) => paths ?? [])
  if (mapped.length === 0 && format.prefixes.length === 0) return [field]
  return [...new Set([field, ...format.prefixes.map((prefix) => prefix + field), ...mapped])]
}

/** Every path that is needed to find the log source of an event of this form. */
export function sourcePaths(format: Format): readonly string[] {
  const parts = [format.product, format.service, format.category].flatMap((part) => part.path ?? [])
  const fields = new Set(format.categories.flatMap((rule) => rule.when.map(([field]) => field)))
  return [...format.has, ...parts, ...[...fields].flatMap((field) => pathsOf(format, field))]
}

/** The Sigma log source of an event of this form. */
export function resolveSource(format: Format, textAt: TextAt): ResolvedSource {
  const product = partOf(format.product, textAt)
  const service = partOf(format.service, textAt)
  const rule = format.categories.find((each) => fits(each, service, format, textAt))
  const category = partOf(format.category, textAt) ?? rule?.category
  return {
    logSource: { ...(product && { product }), ...(service && { service }), ...(category && { category }) },
    rule,
  }
}

function partOf(part: SourcePart, textAt: TextAt): string | undefined {
  if (part.is !== undefined) return part.is
  const found = part.path === undefined ? undefined : textAt(part.path)?.toLowerCase()
  if (found === undefined || found === '-' || found === '') return undefined
  return part.table?.get(found) ?? part.table?.get(ANY) ?? found
}

function fits(rule: CategoryRule, service: string | undefined, format: Format, textAt: TextAt): boolean {
  if (rule.service !== undefined && rule.service !== service) return false
  return rule.when.every(([field, value]) =>
    pathsOf(format, field).some((path) => textAt(path)?.toLowerCase() === value),
  )
}
