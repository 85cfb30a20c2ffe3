/** P-value of the paired test between the models ranked `better` and `worse`, counted from 0. */
export type PairPValue = (better: number, worse: number) => Promise<number>

/**
 * Tiers of models given best first: a model opens a new tier where it differs from the first of the present one. Each p-value is
 * multiplied by the number of all pairs, the first step of Holm: never more tiers than Holm over all pairs, for one test a model.
 */
export async function leaderTiers(count: number, pValue: PairPValue, alpha = 0.05): Promise<readonly number[]> {
  const pairs = (count * (count - 1)) / 2
  const out: number[] = []
  let leader = 0
  let tier = 1
  for (let model = 0; model < count; model += 1) {
    if (model > leader && (await pValue(leader, model)) * pairs < alpha) {
      leader = model
      tier += 1
    }
    out.push(tier)
  }
  return out
}
