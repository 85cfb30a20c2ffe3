/** Rows of one part, by number. */
export interface Part {
  readonly part: string
  readonly rows: Int32Array
}

const OTHER_PART = 'other'

/**
 * Rows by label, in the order of the labels. Parts below `minimum` rows become one part "other"; where that is still too
 * small, the smallest part joins it, so that no score shows single rows. No parts at all where only one would be left.
 */
export function partsOf(labels: readonly string[] | undefined, minimum: number): readonly Part[] {
  const byLabel = new Map<string, number[]>()
  labels?.forEach((label, row) => {
    const rows = byLabel.get(label)
    if (rows) rows.push(row)
    else byLabel.set(label, [row])
  })
  const bySize = [...byLabel].toSorted((a, b) => b[1].length - a[1].length)
  const other: number[] = []
  while (bySize.length > 0 && (bySize.at(-1)![1].length < minimum || (other.length > 0 && other.length < minimum)))
    other.push(...bySize.pop()![1])
  if (other.length > 0) bySize.push([OTHER_PART, other])
  if (bySize.length < 2) return []
  return bySize
    .map(([part, rows]) => ({ part, rows: Int32Array.from(rows).toSorted() }))
    .toSorted((a, b) => compareLabels(a.part, b.part))
}

/** Numbers by value, everything else by code units, "other" last. */
function compareLabels(a: string, b: string): number {
  if (a === OTHER_PART || b === OTHER_PART) return a === b ? 0 : a === OTHER_PART ? 1 : -1
  const difference = Number(a) - Number(b)
  if (!Number.isNaN(difference)) return difference
  return a < b ? -1 : 1
}
