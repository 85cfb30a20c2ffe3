import type { BenchmarkDefinition } from '../benchmark/benchmark.ts'

type Window = NonNullable<BenchmarkDefinition['reference']>

/**
 * Delayed feedback: for row t the mean over the `windowRows` rows that end `delayRows` rows before t, fewer near the start of
 * the file, NaN for the first `delayRows` rows. Uses nothing later than t - delayRows. Values must be finite. Linear time.
 */
export function referenceColumn(values: Float64Array, { delayRows, windowRows }: Window): Float64Array {
  const zero = values[0] ?? 0
  const before = prefixSums(values, zero)
  return Float64Array.from(values, (_, row) => {
    const end = row - delayRows + 1
    const start = Math.max(0, end - windowRows)
    return end > 0 ? zero + (before[end]! - before[start]!) / (end - start) : Number.NaN
  })
}

/** `sums[i]` = sum of the first i values, counted from `zero`: small sums keep late windows as exact as early ones. */
function prefixSums(values: Float64Array, zero: number): Float64Array {
  const sums = new Float64Array(values.length + 1)
  for (let i = 0; i < values.length; i += 1) sums[i + 1] = sums[i]! + (values[i]! - zero)
  return sums
}
