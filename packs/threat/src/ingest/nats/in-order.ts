/** One delivery of a message. */
export interface Delivery {
  /** Its number in the stream. */
  readonly sequence: number
  /** Number of this delivery among all of the consumer, repeats included. */
  readonly delivery: number
}

/** What the server says of a consumer, at one moment. */
export interface Look {
  /** Number of its last delivery. */
  readonly delivered: number
  /** Messages that were delivered and not acknowledged. */
  readonly unacknowledged: number
}

/**
 * Brings deliveries into the order of the stream, so that one number says which messages have been taken. Deliveries
 * that went astray come again later, behind newer ones: where some may be missing, what comes is held until none is.
 */
export class InOrder<M extends Delivery> {
  #taken: number
  #expected: number | undefined
  /** Number of the last delivery that did not follow the one before: only older ones may be missing. */
  #gap = 0
  #isSettling = true
  #aside = new Map<number, M>()

  /** `taken`: the highest number of the stream that was taken before. */
  constructor(taken: number) {
    this.#taken = taken
  }

  /** True while deliveries may be missing; then `settle` decides. */
  get isSettling(): boolean {
    return this.#isSettling
  }

  /** `take` it now, it is `known` (taken before), or it is `held`. */
  arrived(message: M): 'take' | 'known' | 'held' {
    if (message.delivery !== this.#expected) {
      this.#isSettling = true
      this.#gap = message.delivery
    }
    this.#expected = message.delivery + 1
    if (message.sequence <= this.#taken) return 'known'
    if (this.#isSettling) {
      this.#aside.set(message.sequence, message)
      return 'held'
    }
    this.#taken = message.sequence
    return 'take'
  }

  /**
   * `mine`: messages taken and not acknowledged whose delivery the look counts. Where the rest of what the server waits for
   * is held here, nothing is missing, and all that is held is handed out in order; undefined where something still is. What
   * came after the look does not count: it could stand in for a message that is missing.
   */
  settle({ delivered, unacknowledged }: Look, mine: number): readonly M[] | undefined {
    const messages = [...this.#aside.values()]
    const counted = messages.filter(({ delivery }) => delivery <= delivered).length
    if (this.#gap > delivered + 1 || unacknowledged !== mine + counted) return undefined
    messages.sort((one, other) => one.sequence - other.sequence)
    this.#taken = messages.at(-1)?.sequence ?? this.#taken
    this.#aside.clear()
    this.#isSettling = false
    return messages
  }

  /** The consumer begins anew: what is held will come again. */
  restart(): void {
    this.#aside.clear()
    this.#expected = undefined
    this.#gap = 0
    this.#isSettling = true
  }
}
