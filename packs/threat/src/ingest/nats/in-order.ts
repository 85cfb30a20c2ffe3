/** One delivery of a message. */
export interface Delivery {
  /** Its number in the stream. */
  readonly sequence: number
  /** Number of this delivery among all of the consumer, repeats included. */
  readonly delivery: number
}

/**
 * Brings deliveries into the order of the stream, so that one number says which messages have been taken. Deliveries
 * that went astray come again later, behind newer ones: where some may be missing, what comes is held until none is.
 */
export class InOrder<M extends Delivery> {
  #taken: number
  #expected: number | undefined
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

  /** Deliveries held until none is missing. */
  get held(): number {
    return this.#aside.size
  }

  /** `take` it now, it is `known` (taken before), or it is `held`. */
  arrived(message: M): 'take' | 'known' | 'held' {
    const isNext = message.delivery === this.#expected
    this.#expected = message.delivery + 1
    this.#isSettling ||= !isNext
    if (message.sequence <= this.#taken) return 'known'
    if (this.#isSettling) {
      this.#aside.set(message.sequence, message)
      return 'held'
    }
    this.#taken = message.sequence
    return 'take'
  }

  /**
   * `unacknowledged`: deliveries that the server waits for; `mine`: those of them that were taken. Where the rest is
   * what is held here, nothing is missing, and it is handed out in order; undefined where something still is.
   */
  settle(unacknowledged: number, mine: number): readonly M[] | undefined {
    if (unacknowledged !== mine + this.#aside.size) return undefined
    const messages = [...this.#aside.values()].sort((one, other) => one.sequence - other.sequence)
    this.#taken = messages.at(-1)?.sequence ?? this.#taken
    this.#aside.clear()
    this.#isSettling = false
    return messages
  }

  /** The consumer begins anew: what is held will come again. */
  restart(): void {
    this.#aside.clear()
    this.#expected = undefined
    this.#isSettling = true
  }
}
