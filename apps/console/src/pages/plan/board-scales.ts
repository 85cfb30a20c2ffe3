import type { SiteBoard } from '@dengta/sdk'

/** Room over the highest value of a picture, for its label. */
export const AIR = 1.14

/** Upper edges of the pictures of a board. Price, carbon and worth have one for all sites, so that sites can be compared. */
export interface BoardScales {
  readonly price: number
  readonly carbon: number
  readonly worth: number
}

const most = (series: readonly (readonly number[])[]): number =>
  series.reduce((top, values) => values.reduce((best, value) => Math.max(best, value), top), 0)

export function boardScales({ sites, feeders }: SiteBoard): BoardScales {
  return {
    price: most(sites.map(({ yuanPerKwh }) => yuanPerKwh)) || 1,
    carbon: most(sites.map(({ carbonKgPerKwh }) => carbonKgPerKwh)) || 1,
    worth: most([...sites, ...feeders].map(({ shadowYuanPerMwh }) => shadowYuanPerMwh)) || 1,
  }
}

/** The slot in which all sites together draw most: where a reader looks first. */
export function busiestSlot({ sites, slots }: SiteBoard): number {
  const total = (slot: number): number => sites.reduce((sum, { plannedKw }) => sum + (plannedKw[slot] ?? 0), 0)
  let best = 0
  for (let slot = 1; slot < slots; slot += 1) if (total(slot) > total(best)) best = slot
  return best
}

/** Where the board opens: the slot of now on the day itself, else the busiest. */
export function openingSlot(board: SiteBoard, now: Date): number {
  const slot = Math.floor((now.getTime() - Date.parse(board.startsAt)) / (board.slotMinutes * 60_000))
  return slot >= 0 && slot < board.slots ? slot : busiestSlot(board)
}

/** Slots in which planned power lies above envelope less reserve by more than rounding. */
export function slotsAbove({
  plannedKw,
  envelopeKw,
  reserveKw,
}: Pick<SiteBoard['sites'][number], 'plannedKw' | 'envelopeKw' | 'reserveKw'>): number {
  return plannedKw.filter((kw, t) => kw > (envelopeKw[t] ?? 0) - (reserveKw[t] ?? 0) + 0.002).length
}
