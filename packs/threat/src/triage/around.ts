import type { WatchWindow } from './watch-window.ts'

/**
 * The groups around one as a stretch of the window, itself left out; it holds until the window changes. Late groups stand
 * where they came in, so that the time of each decides as well.
 */
export interface Around {
  readonly window: WatchWindow
  /** Place in the window of the group itself. */
  readonly self: number
  /** Places that may count: `from` to before `to`. */
  readonly from: number
  readonly to: number
  /** First alerts that count, ms, both included. */
  readonly since: number
  readonly until: number
}

/** Visits the places in the window of the groups around, in order. */
export function eachAround({ window, self, from, to, since, until }: Around, visit: (place: number) => void): void {
  const { first } = window.columns
  for (let place = from; place < to; place += 1) {
    const time = first[place]!
    if (time >= since && time <= until && place !== self) visit(place)
  }
}
