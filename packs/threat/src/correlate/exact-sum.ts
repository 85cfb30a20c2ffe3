/**
 * An exact running sum: parts that do not overlap, smallest first (Shewchuk 1997). Adding and taking away leave no
 * error behind, so a huge number that leaves a window leaves nothing. Values up to 2^900.
 */
export function addExactly(parts: number[], value: number): void {
  let rest = value
  let kept = 0
  for (let k = 0; k < parts.length; k += 1) {
    const part = parts[k] as number
    const sum = rest + part
    const back = sum - rest
    const error = rest - (sum - back) + (part - back)
    if (error !== 0) {
      parts[kept] = error
      kept += 1
    }
    rest = sum
  }
  parts.length = kept
  if (rest !== 0) parts.push(rest)
}

/** The sum rounded once, to the nearest double, ties to even. */
export function roundedSum(parts: readonly number[]): number {
  let k = parts.length - 1
  let sum = k >= 0 ? (parts[k] as number) : 0
  let error = 0
  while (k > 0 && error === 0) {
    k -= 1
    const before = sum
    const part = parts[k] as number
    sum = before + part
    error = part - (sum - before)
  }
  if (k === 0 || error === 0) return sum
  // halfway between two doubles, the parts below decide
  const below = parts[k - 1] as number
  const doubled = error * 2
  const next = sum + doubled
  return Math.sign(below) === Math.sign(error) && next - sum === doubled ? next : sum
}
