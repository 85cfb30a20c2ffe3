import { requireDomain } from '../errors.ts'
import { incompleteBeta, inverseIncompleteBeta } from './incomplete-beta.ts'

/** P(T <= t) with `freedom` > 0 degrees of freedom. */
export function studentProbability(t: number, freedom: number): number {
  requireDomain(freedom > 0, 'freedom', freedom, 'freedom > 0')
  const square = t * t
  const beyond =
    square < freedom
      ? 0.5 - 0.5 * incompleteBeta(square / (freedom + square), 0.5, freedom / 2)
      : 0.5 * incompleteBeta(freedom / (freedom + square), freedom / 2, 0.5)
  return t > 0 ? 1 - beyond : beyond
}

/** The t with P(T <= t) = p; through the beta quantile on the side where nothing cancels. */
export function studentQuantile(p: number, freedom: number): number {
  requireDomain(freedom > 0, 'freedom', freedom, 'freedom > 0')
  requireDomain(p > 0 && p < 1, 'p', p, '0 < p < 1')
  if (p > 0.5) return -studentQuantile(1 - p, freedom)
  if (p < 0.25) {
    const x = inverseIncompleteBeta(2 * p, freedom / 2, 0.5)
    return -Math.sqrt((freedom * (1 - x)) / x)
  }
  const y = inverseIncompleteBeta(1 - 2 * p, 0.5, freedom / 2)
  return -Math.sqrt((freedom * y) / (1 - y))
}
