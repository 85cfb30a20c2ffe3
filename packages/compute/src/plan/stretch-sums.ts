/**
 * Sums of every stretch of `length` values, by where it begins. Each is made of its own values alone: from its first to the end of
 * their block of `length`, then on to its last. So no value outside can blur it, as it would a difference of running sums.
 */
export function stretchSums(values: Float64Array, length: number): Float64Array {
  const sums = values.slice(0, Math.max(0, values.length - length + 1))
  for (let block = 0; block < values.length; block += length) {
    let sum = 0
    for (let t = Math.min(values.length, block + length) - 1; t >= block; t -= 1) {
      sum += values[t]!
      if (t < sums.length) sums[t] = sum
    }
    sum = 0
    const last = Math.min(values.length, block + length - 1)
    for (let t = block; block > 0 && t < last; t += 1) {
      sum += values[t]!
      sums[t - length + 1]! += sum
    }
  }
  return sums
}
