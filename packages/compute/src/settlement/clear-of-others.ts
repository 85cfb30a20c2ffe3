import type { Span } from './dates.ts'

/** The latest moment, `at` or before, such that no other event holds in the `reach` before it, milliseconds. */
export function clearBefore(at: number, others: readonly Span[], reach: number): number {
  const near = others.filter(({ from, to }) => from < at && to > at - reach)
  return near.length === 0 ? at : clearBefore(Math.min(...near.map(({ from }) => from)), others, reach)
}

/** The earliest moment, `at` or after, such that no other event holds in the `reach` after it, milliseconds. */
export function clearAfter(at: number, others: readonly Span[], reach: number): number {
  const near = others.filter(({ from, to }) => to > at && from < at + reach)
  return near.length === 0 ? at : clearAfter(Math.max(...near.map(({ to }) => to)), others, reach)
}
