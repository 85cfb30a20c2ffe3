import type { WatchedGroup } from './facts.ts'

/**
 * The groups around one as a stretch of the window, itself left out; it holds until the window changes. Late groups stand
 * where they came in, so that the time of each decides as well.
 */
export interface Around {
  readonly window: readonly WatchedGroup[]
  /** Place in the window of the group itself. */
  readonly self: number
  /** Places that may count: `from` to before `to`. */
  readonly from: number
  readonly to: number
  /** First alerts that count, ms, both included. */
  readonly since: number
  readonly until: number
}

/** Visits the groups around in the order of the window, with their places counted from the group itself. */
export function eachAround(
  { window, self, from, to, since, until }: Around,
  visit: (other: WatchedGroup, offset: number) => void,
): void {
  for (let at = from; at < to; at += 1) {
    const other = window[at]!
    const { first } = other.group
    if (at !== self && first >= since && first <= until) visit(other, at - self)
  }
}
