import type { Ticket, TicketClock } from './ticket.ts'

/** Minutes over the tickets that have both times; `without` have not, and are in no mean. */
export interface TimeFigure {
  readonly count: number
  readonly without: number
  readonly mean: number | undefined
  readonly median: number | undefined
}

export interface TicketTimes {
  /** Event to detection. */
  readonly detect: TimeFigure
  /** Detection to acknowledgement. */
  readonly acknowledge: TimeFigure
  /** Detection to first action. */
  readonly respond: TimeFigure
  /** Detection to resolution. */
  readonly resolve: TimeFigure
  /** Detection to closing. */
  readonly close: TimeFigure
}

/** MTTD, MTTA, MTTR and their kin, from the clocks of tickets; in event time where a log is replayed. */
export function ticketTimes(tickets: readonly Ticket[]): TicketTimes {
  const from = (start: keyof TicketClock, end: keyof TicketClock) =>
    timeFigure(tickets.map(({ clock }) => minutesBetween(clock[start], clock[end])))
  return {
    detect: from('event', 'detected'),
    acknowledge: from('detected', 'acknowledged'),
    respond: from('detected', 'responded'),
    resolve: from('detected', 'resolved'),
    close: from('detected', 'closed'),
  }
}

/** Undefined where one of them is not there. */
export function minutesBetween(start: string | undefined, end: string | undefined): number | undefined {
  return start === undefined || end === undefined ? undefined : (Date.parse(end) - Date.parse(start)) / 60_000
}

function timeFigure(minutes: readonly (number | undefined)[]): TimeFigure {
  const known = minutes.filter((each) => each !== undefined).toSorted((a, b) => a - b)
  const count = known.length
  const without = minutes.length - count
  if (count === 0) return { count, without, mean: undefined, median: undefined }
  const [low, high] = [known[Math.floor((count - 1) / 2)] as number, known[Math.floor(count / 2)] as number]
  return { count, without, mean: known.reduce((sum, each) => sum + each, 0) / count, median: (low + high) / 2 }
}
