/** Holm's step-down adjustment (1979): the chance of any false finding stays below the level. Order is kept. */
export function holm(pValues: readonly number[]): number[] {
  const order = ascending(pValues)
  const adjusted = new Array<number>(pValues.length)
  let largest = 0
  for (const [rank, i] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValues[i]!))
    adjusted[i] = largest
  }
  return adjusted
}

/** Benjamini and Hochberg's step-up adjustment (1995): the expected share of false findings stays below the level. */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const order = ascending(pValues)
  const adjusted = new Array<number>(pValues.length)
  let smallest = 1
  for (let rank = order.length; rank >= 1; rank -= 1) {
    const i = order[rank - 1]!
    smallest = Math.min(smallest, (pValues[i]! * pValues.length) / rank)
    adjusted[i] = smallest
  }
  return adjusted
}

function ascending(values: readonly number[]): number[] {
  return values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!)
}
