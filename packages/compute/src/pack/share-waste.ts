const WHOLE = 1000

/** A size of share, in thousandths of a GPU, and what one of it is worth, in any unit. */
interface SharePrice {
  readonly size: number
  readonly worth: number
}

/**
 * The part of a GPU that a share wastes where so many thousandths of one are free, as a function of both: what the best shares for
 * that room would be worth, less those for the room that is left and less the share itself. 0 in the best filling.
 */
export function shareWaste(prices: readonly SharePrice[]): (free: number, share: number) => number {
  const own = new Map(prices.map(({ size, worth }) => [size, worth]))
  const room = new Float64Array(WHOLE + 1)
  for (let free = 1; free <= WHOLE; free += 1) {
    room[free] = room[free - 1]!
    for (const { size, worth } of prices)
      if (size <= free) room[free] = Math.max(room[free]!, room[free - size]! + worth)
  }
  const whole = room[WHOLE]! || 1
  return (free, share) => (room[free]! - room[free - share]! - (own.get(share) ?? 0)) / whole
}
