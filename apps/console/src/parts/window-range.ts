/** Rows of a long list that are drawn: from (inclusive) to (exclusive). */
export interface WindowRange {
  readonly from: number
  readonly to: number
}

interface Seen {
  /** Pixels scrolled, and height of the frame. */
  readonly top: number
  readonly height: number
  readonly rowTall: number
  readonly total: number
}

/** The rows in sight and a few on both sides; never outside the list. */
export function windowRange({ top, height, rowTall, total }: Seen, air = 8): WindowRange {
  const first = Math.floor(Math.max(0, top) / rowTall)
  const last = Math.ceil((Math.max(0, top) + height) / rowTall)
  const to = Math.min(total, last + air)
  return { from: Math.max(0, Math.min(first - air, to)), to }
}

/** Numbers of the pages of `size` rows that a range touches. */
export function pagesOf({ from, to }: WindowRange, size: number): readonly number[] {
  const first = Math.floor(from / size)
  const last = Math.max(first, Math.ceil(to / size) - 1)
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}
