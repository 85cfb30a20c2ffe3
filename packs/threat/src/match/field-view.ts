import type { CategoryRule, Format } from '../normalise/format.ts'
import { pathsOf } from '../normalise/format.ts'
import type { Leaves, Scalar } from '../normalise/leaves.ts'

/** An event as rules see it: by Sigma field name. */
export interface FieldView {
  /** Every value of the field; empty where the event does not have it. */
  values(field: string): readonly Scalar[]
  /** Whether the event has the field, with a value or as an object or list. */
  has(field: string): boolean
  all(): Iterable<Scalar>
}

const NONE: readonly Scalar[] = []

/** Looks at an event of a known form through its mapping; each field is looked up once. */
export function fieldView(leaves: Leaves, format: Format | undefined, rule?: CategoryRule): FieldView {
  const known = new Map<string, readonly Scalar[]>()
  const at = (path: string): readonly Scalar[] => leaves.get(path) ?? NONE
  const pathsFor = (field: string): readonly string[] => (format ? pathsOf(format, field, rule) : [field])
  const read = (field: string): readonly Scalar[] => {
    const paths = pathsFor(field)
    const values = paths.length === 1 ? at(paths[0] as string) : paths.flatMap(at)
    known.set(field, values)
    return values
  }
  return {
    has: (field) => pathsFor(field).some((path) => leaves.has(path)),
    values: (field) => known.get(field) ?? read(field),
    *all() {
      for (const values of leaves.values()) yield* values
    },
  }
}
