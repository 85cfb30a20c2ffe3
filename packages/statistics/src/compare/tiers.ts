import { holm } from './multiple-testing.ts'

/** P-value of the paired test between the models ranked `better` and `worse` (counted from 0, `better` < `worse`). */
export type PairPValue = (better: number, worse: number) => number

/**
 * Tiers (1, 2, …) of `count` models given best first: a model opens a new tier where it differs from the first of the
 * present tier by the paired test after Holm over all pairs. Within a tier no order is claimed against its first.
 */
export function tiers(count: number, pValue: PairPValue, alpha = 0.05): number[] {
  const raw: number[] = []
  for (let worse = 1; worse < count; worse += 1)
    for (let better = 0; better < worse; better += 1) raw.push(pValue(better, worse))
  const adjusted = holm(raw)
  const differs = (better: number, worse: number) => adjusted[(worse * (worse - 1)) / 2 + better]! < alpha
  const out: number[] = []
  let first = 0
  let tier = 1
  for (let model = 0; model < count; model += 1) {
    if (model > first && differs(first, model)) {
      first = model
      tier += 1
    }
    out.push(tier)
  }
  return out
}
