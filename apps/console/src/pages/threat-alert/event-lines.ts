import type { AlertView } from '@dengta/sdk'

/** One value of an event. `path` joins nested names by dots, as rules do. */
export interface EventLine {
  readonly path: string
  readonly value: string
  /** The comparison of the rule that this value fulfils. */
  readonly wanted?: string
}

/** Nested deeper than this is shown as text. */
const DEEP = 12

/** Every value of an event, those that made the rule fire with what the rule wanted. */
export function eventLines(event: unknown, matched: AlertView['matched']): readonly EventLine[] {
  const lines = flatten(event, '', 0)
  const wanted = new Map(matched.flatMap((each) => linesOf(each, lines).map((line) => [line, each.wanted] as const)))
  return lines.map((line) => (wanted.has(line) ? { ...line, wanted: wanted.get(line)! } : line))
}

/** The lines that a match is about: of those with its value the ones of its field, or all where a mapping renamed the field. */
function linesOf({ field, found }: AlertView['matched'][number], lines: readonly EventLine[]): readonly EventLine[] {
  const values = new Set(found.map(String))
  const equal = lines.filter(({ value }) => values.has(value))
  const named = equal.filter(({ path }) => field !== undefined && isAt(path, field))
  return named.length > 0 ? named : equal
}

/** Whether a path ends in a field, places in lists aside. */
function isAt(path: string, field: string): boolean {
  const names = path.replace(/\.\d+(?=\.|$)/g, '').toLowerCase()
  return `.${names}`.endsWith(`.${field.toLowerCase()}`)
}

function flatten(value: unknown, path: string, depth: number): EventLine[] {
  if (value === null || typeof value !== 'object') return [{ path, value: String(value) }]
  if (depth >= DEEP) return [{ path, value: JSON.stringify(value) }]
  const entries = Object.entries(value)
  if (entries.length === 0) return [{ path, value: Array.isArray(value) ? '[]' : '{}' }]
  return entries.flatMap(([name, inner]) => flatten(inner, path === '' ? name : `${path}.${name}`, depth + 1))
}
