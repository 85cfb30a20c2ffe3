/** Turns scores into shares that add up to 1. */
export function softmaxInPlace(scores: Float64Array): void {
  const highest = scores.reduce((a, b) => Math.max(a, b))
  let sum = 0
  for (let k = 0; k < scores.length; k += 1) {
    scores[k] = Math.exp(scores[k]! - highest)
    sum += scores[k]!
  }
  for (let k = 0; k < scores.length; k += 1) scores[k]! /= sum
}
