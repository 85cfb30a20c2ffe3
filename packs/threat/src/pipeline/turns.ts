import { setImmediate as nextTurn } from 'node:timers/promises'

/** Work for this long at a time, milliseconds; then receiving, acknowledging and the journal have their turn. */
const TURN_MS = 5

/** Cuts long work of a shared thread into turns: `if (turns.areOver) await turns.next()` between two small steps of it. */
export class Turns {
  #began = performance.now()

  get areOver(): boolean {
    return performance.now() - this.#began >= TURN_MS
  }

  /** Resolves once everybody else who is ready has had the thread. */
  async next(): Promise<void> {
    await nextTurn()
    this.#began = performance.now()
  }
}
