import { binomialProbability } from '../special/binomial.ts'

/** McNemar's exact test, two-sided: over the rows where exactly one of two classifiers is right. */
export function mcnemar(truth: Float64Array, first: Float64Array, second: Float64Array): number {
  let onlyFirst = 0
  let onlySecond = 0
  for (let row = 0; row < truth.length; row += 1) {
    const firstRight = first[row] === truth[row]
    const secondRight = second[row] === truth[row]
    if (firstRight && !secondRight) onlyFirst += 1
    if (secondRight && !firstRight) onlySecond += 1
  }
  return exactSignTest(onlyFirst, onlySecond)
}

/** Two-sided exact test of `plus` against `minus` under equal chances. */
export function exactSignTest(plus: number, minus: number): number {
  return Math.min(1, 2 * binomialProbability(Math.min(plus, minus), plus + minus, 0.5))
}
