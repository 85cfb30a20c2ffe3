/** Milliseconds since 1970, by two clocks. */
export interface Seen {
  /** Time of an event, by its sender. */
  readonly eventMs: number
  /** Its receipt, by the clock of the house. */
  readonly receivedMs: number
}

/** How late events may come; so long live time stays behind the clock of the senders. */
export const LATENESS_MS = 60_000

/** How far the time of an event may lie ahead of its receipt, where nothing else is set. */
export const AHEAD_MS = 300_000

/**
 * Time of the events of a live flow. It never runs backwards: the newest event sets it, and from there it runs along with
 * the clock of receipt, however far the two are apart. The watermark stays `LATENESS_MS` behind it, so that silence
 * concludes what waits (event time, watermarks and idle sources: Akidau and others, The Dataflow Model, VLDB 2015).
 * No event leads it further ahead of the clock of receipt than `aheadMs`.
 */
export class LiveTime {
  readonly #aheadMs: number
  #newest: Seen | undefined

  /** `newest` may come from before there was a bound: one beyond it goes by its receipt. */
  constructor(newest?: Seen, aheadMs = AHEAD_MS) {
    this.#aheadMs = aheadMs
    this.#newest = newest && isAhead(newest, aheadMs) ? { ...newest, eventMs: newest.receivedMs } : newest
  }

  /** What sets the time now; a `LiveTime` made of it goes on from there. */
  get newest(): Seen | undefined {
    return this.#newest
  }

  /** Answers the time at which the event counts: its own, or that of the flow at its receipt where its own is too far ahead. */
  see(seen: Seen): number {
    const { receivedMs } = seen
    const now = this.#at(receivedMs)
    const counted = isAhead(seen, this.#aheadMs) ? (this.#newest ? now : receivedMs) : seen.eventMs
    if (counted >= now) this.#newest = { eventMs: counted, receivedMs }
    return counted
  }

  /** The watermark at a time of receipt; -Infinity before the first event. */
  watermark(receivedMs: number): number {
    return this.#at(receivedMs) - LATENESS_MS
  }

  /** When by the clock of receipt the watermark comes to this event time; undefined before the first event. */
  receiptOf(eventMs: number): number | undefined {
    return this.#newest && this.#newest.receivedMs + eventMs - this.#newest.eventMs + LATENESS_MS
  }

  #at(receivedMs: number): number {
    if (!this.#newest) return Number.NEGATIVE_INFINITY
    return this.#newest.eventMs + Math.max(0, receivedMs - this.#newest.receivedMs)
  }
}

/** Whether the sender's time lies too far ahead of the clock of the house. */
export function isAhead({ eventMs, receivedMs }: Seen, aheadMs: number): boolean {
  return eventMs > receivedMs + aheadMs
}
