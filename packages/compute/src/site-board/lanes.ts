export interface Stretch {
  readonly start: number
  readonly slots: number
}

/** A row for each stretch so that no two of a row overlap, by as few rows as there can be; `lanes`: how many. */
export function lanesOf(stretches: readonly Stretch[]): { readonly lane: Int32Array; readonly lanes: number } {
  const order = [...stretches.keys()].sort((a, b) => stretches[a]!.start - stretches[b]!.start || a - b)
  const lane = new Int32Array(stretches.length)
  const free: number[] = []
  const busy: { readonly until: number; readonly lane: number }[] = []
  let lanes = 0
  for (const i of order) {
    const { start, slots } = stretches[i]!
    for (let b = busy.length - 1; b >= 0; b -= 1) if (busy[b]!.until <= start) free.push(busy.splice(b, 1)[0]!.lane)
    free.sort((a, b) => b - a)
    lane[i] = free.pop() ?? lanes
    lanes = Math.max(lanes, lane[i]! + 1)
    busy.push({ until: start + slots, lane: lane[i]! })
  }
  return { lane, lanes }
}
