/**
 * The full ways to fill one GPU with shares: how often each size lies on it, so that no share of any size fits beside them.
 * `sizes`: thousandths of a GPU, in falling order. 20 sizes of a real trace have 1,871 such ways.
 */
export function fullPatterns(sizes: readonly number[]): number[][] {
  const smallest = sizes.at(-1)
  if (smallest === undefined) return []
  const patterns: number[][] = []
  const counts: number[] = []
  const fill = (free: number): void => {
    const size = sizes[counts.length]
    if (size === undefined) {
      if (free < smallest) patterns.push([...counts])
      return
    }
    for (let count = Math.floor(free / size); count >= 0; count -= 1) {
      counts.push(count)
      fill(free - count * size)
      counts.pop()
    }
  }
  fill(1000)
  return patterns
}
