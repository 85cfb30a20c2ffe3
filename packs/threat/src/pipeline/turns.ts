import { setImmediate as nextTurn } from 'node:timers/promises'

/**
 * Work for this long at a time, milliseconds; then receiving, acknowledging and the journal have their turn. A line waits
 * for about six turns until it is acknowledged.
 */
const TURN_MS = 2

/** Does work that comes in small steps to its end, in turns. */
export async function inTurns<T>(work: Generator<void, T>): Promise<T> {
  const turns = new Turns()
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value
    if (turns.areOver) await turns.next()
  }
}

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
