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
  #waiting: Reader[] = []

  constructor(room: () => Room) {
    this.#room = room
  }

  ask(reader: Reader): void {
    this.#waiting.push(reader)
    if (this.#waiting.length === 1) setImmediate(() => this.#turn())
  }

  #turn(): void {
    const room = this.#room()
    if (room === 'none') {
      setTimeout(() => this.#turn(), AGAIN_MS)
      return
    }
    const isTight = room === 'tight'
    if (isTight) this.#waiting.sort((a, b) => b.heldBytes - a.heldBytes)
    const now = this.#waiting.splice(0, isTight ? A_TIGHT_TURN : A_TURN)
    if (this.#waiting.length > 0) setImmediate(() => this.#turn())
    for (const reader of now) reader.readOn()
  }
}
