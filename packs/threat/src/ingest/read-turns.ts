/** Connections that are read in one turn of the loop: one chunk of 64 KiB each. */
const A_TURN = 16

/** Connections that bring very long lines are read a few at a time, in the order they ask, with others between. */
export class ReadTurns {
  #waiting: (() => void)[] = []

  /** Calls `read` when it is its turn. */
  ask(read: () => void): void {
    this.#waiting.push(read)
    if (this.#waiting.length === 1) setImmediate(() => this.#turn())
  }

  #turn(): void {
    const now = this.#waiting
    this.#waiting = now.slice(A_TURN)
    if (this.#waiting.length > 0) setImmediate(() => this.#turn())
    for (const read of now.slice(0, A_TURN)) read()
  }
}
