/** Connections that are read in one turn of the loop: one chunk of 64 KiB each. */
const A_TURN = 16
/** And where room is tight: of these the memory grows, of all others it does not. */
const A_TIGHT_TURN = 4
/** Milliseconds until it is looked again whether there is room. */
const AGAIN_MS = 5

/** A connection in the middle of a long line. */
export interface Reader {
  /** Memory that its line holds. */
  readonly heldBytes: number
  /** It is its turn. */
  readOn(): void
}

/** How full the memory for lines is: `tight` serves the longest lines first, since they give theirs back soonest. */
export type Room = 'ample' | 'tight' | 'none'

/** Connections that bring very long lines are read a few at a time, with others between, and not at all without room. */
export class ReadTurns {
  readonly #room: () => Room
  readonly #waiting = new Set<Reader>()
  #isScheduled = false

  constructor(room: () => Room) {
    this.#room = room
  }

  ask(reader: Reader): void {
    this.#waiting.add(reader)
    this.#schedule('ample')
  }

  /** It is gone, and its line with it. */
  forget(reader: Reader): void {
    this.#waiting.delete(reader)
  }

  #turn(): void {
    this.#isScheduled = false
    const room = this.#room()
    const now = room === 'none' ? [] : this.#next(room === 'tight')
    for (const reader of now) this.#waiting.delete(reader)
    if (this.#waiting.size > 0) this.#schedule(room)
    for (const reader of now) reader.readOn()
  }

  #next(isTight: boolean): Reader[] {
    const waiting = [...this.#waiting]
    if (!isTight) return waiting.slice(0, A_TURN)
    return waiting.sort((a, b) => b.heldBytes - a.heldBytes).slice(0, A_TIGHT_TURN)
  }

  #schedule(room: Room): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    if (room === 'none') setTimeout(() => this.#turn(), AGAIN_MS).unref()
    else setImmediate(() => this.#turn())
  }
}
