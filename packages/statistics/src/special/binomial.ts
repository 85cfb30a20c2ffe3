import { incompleteBeta } from './incomplete-beta.ts'

/** P(X <= k) for X ~ Bin(n, p). */
export function binomialProbability(k: number, n: number, p: number): number {
  if (k < 0) return 0
  if (k >= n) return 1
  return incompleteBeta(1 - p, n - k, k + 1)
}
