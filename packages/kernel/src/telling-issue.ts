import type { z } from 'zod'

type Issue = z.core.$ZodIssue

/** Of a value that fits no branch of a union, zod says only "invalid": this finds what the branch that fits best has against it. */
export function tellingIssue(issue: Issue | undefined): {
  readonly path: (string | number)[]
  readonly message: string
} {
  if (!issue) return { path: [], message: 'not valid' }
  const path = issue.path.filter((step) => typeof step !== 'symbol')
  if (issue.code !== 'invalid_union') return { path, message: issue.message }
  const inner = deepest(issue.errors.flatMap(([first]) => (first ? [tellingIssue(first)] : [])))
  return inner ? { path: [...path, ...inner.path], message: inner.message } : { path, message: issue.message }
}

/** Longest path, the first of equals: the branch in which most was right. */
function deepest<T extends { readonly path: readonly unknown[] }>(found: readonly T[]): T | undefined {
  return found.reduce<T | undefined>(
    (best, each) => (best && best.path.length >= each.path.length ? best : each),
    undefined,
  )
}
