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

/** Looks at an event of a known form through its mapping. */
export function fieldView(leaves: Leaves, format: Format | undefined, rule?: CategoryRule): FieldView {
  const at = (path: string): readonly Scalar[] => leaves.get(path) ?? NONE
  const atAll = (paths: readonly string[]): readonly Scalar[] =>
    paths.length === 1 ? at(paths[0] as string) : paths.flatMap(at)
  return {
    has: (field) => (format ? pathsOf(format, field, rule).some((path) => leaves.has(path)) : leaves.has(field)),
    values: (field) => (format ? atAll(pathsOf(format, field, rule)) : at(field)),
    *all() {
      for (const values of leaves.values()) yield* values
    },
  }
}
