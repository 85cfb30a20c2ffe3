import type { GridEventView, SiteBoard } from '@dengta/sdk'

type Day = Pick<SiteBoard, 'startsAt' | 'slots' | 'slotMinutes'>

/** The grid events that hold on the day of a board, whichever plan they were announced over: a plan made since keeps them too. */
export function eventsOn({ startsAt, slots, slotMinutes }: Day, events: readonly GridEventView[]): GridEventView[] {
  const begins = Date.parse(startsAt)
  const ends = begins + slots * slotMinutes * 60_000
  return events.filter(({ from, to }) => Date.parse(from) < ends && Date.parse(to) > begins)
}
