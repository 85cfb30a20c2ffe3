/** Milliseconds since 1970, by two clocks. */
export interface Seen {
  /** Time of an event, by its sender. */
  readonly eventMs: number
  /** Its receipt, by the clock of the house. */
  readonly receivedMs: number
}

/** How late events may come; so long live time stays behind the clock of the senders. */
export const LATENESS_MS = 60_000

/**
 * Time of the events of a live flow. It never runs backwards: the newest event sets it, and from there it runs along with
 * the clock of receipt, however far the two are apart. The watermark stays `LATENESS_MS` behind it, so that silence
 * concludes what waits (event time, watermarks and idle sources: Akidau and others, The Dataflow Model, VLDB 2015).
 */
export class LiveTime {
  #newest: Seen | undefined

  constructor(newest?: Seen) {
    this.#newest = newest
  }

  /** What sets the time now; a `LiveTime` made of it goes on from there. */
  get newest(): Seen | undefined {
    return this.#newest
  }

  see({ eventMs, receivedMs }: Seen): void {
    if (eventMs >= this.#at(receivedMs)) this.#newest = { eventMs, receivedMs }
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
