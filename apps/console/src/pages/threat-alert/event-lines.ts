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
  const hits = new Map(matched.flatMap(({ found, wanted }) => found.map((value) => [String(value), wanted] as const)))
  return flatten(event, '', 0).map((line) => {
    const wanted = hits.get(line.value)
    return wanted === undefined ? line : { ...line, wanted }
  })
}

function flatten(value: unknown, path: string, depth: number): EventLine[] {
  if (value === null || typeof value !== 'object') return [{ path, value: String(value) }]
  if (depth >= DEEP) return [{ path, value: JSON.stringify(value) }]
  const entries = Object.entries(value)
  if (entries.length === 0) return [{ path, value: Array.isArray(value) ? '[]' : '{}' }]
  return entries.flatMap(([name, inner]) => flatten(inner, path === '' ? name : `${path}.${name}`, depth + 1))
}
