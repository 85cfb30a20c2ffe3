import type { ByteReader } from './byte-reader.ts'
import type { ByteWriter } from './byte-writer.ts'
import type { EntryPool } from './entry-pool.ts'
import { EntryQueues } from './entry-queues.ts'
import type { Arrival, FrozenWindows, Windows } from './windows.ts'

/** Entries written in one step. */
const STEP = 1000

/** What a kind of correlation keeps about a window while entries come and go. */
export interface Tally {
  readonly bytes: number
  grow(slots: number): void
  /** Takes an entry in and returns the number that stands for it in the queue. */
  enter(slot: number, arrival: Arrival): number
  /** Takes the oldest entry out again. */
  leave(slot: number, entry: number): void
  value(slot: number, size: number): number
  seen(slot: number): number
  /** Tells, now and later, what stands behind the numbers of entries now: numbers of texts change with the process. */
  meanings(): Meaning
}

/** What stands behind the number of an entry. */
export type Meaning = (entry: number) => Omit<Arrival, 'time'>

/** Windows that keep a queue of their entries beside the tally. */
export class QueueWindows implements Windows {
  readonly #queues: EntryQueues
  readonly #tally: Tally

  constructor(pool: EntryPool, tally: Tally) {
    this.#queues = new EntryQueues(pool)
    this.#tally = tally
  }

  get bytes(): number {
    return this.#queues.bytes + this.#tally.bytes
  }

  grow(slots: number): void {
    this.#queues.grow(slots)
    this.#tally.grow(slots)
  }

  add(slot: number, arrival: Arrival): void {
    this.#queues.push(slot, arrival.time, this.#tally.enter(slot, arrival))
  }

  expire(slot: number, time: number): void {
    while (this.#queues.firstTime(slot) < time) this.#tally.leave(slot, this.#queues.shift(slot))
  }

  shift(slot: number): void {
    if (this.#queues.size(slot) > 0) this.#tally.leave(slot, this.#queues.shift(slot))
  }

  clear(slot: number): void {
    this.expire(slot, Number.POSITIVE_INFINITY)
  }

  value(slot: number): number {
    return this.#tally.value(slot, this.#queues.size(slot))
  }

  seen(slot: number): number {
    return this.#tally.seen(slot)
  }

  size(slot: number): number {
    return this.#queues.size(slot)
  }

  firstTime(slot: number): number {
    return this.#queues.firstTime(slot)
  }

  *frozen(pool: EntryPool): Generator<void, FrozenWindows> {
    const queues = yield* this.#queues.copy(pool)
    const meaning = this.#tally.meanings()
    return (slot, to) => writeQueue({ queues, meaning }, slot, to)
  }

  restore(slot: number, from: ByteReader): void {
    for (let left = from.count(); left > 0; left -= 1)
      this.add(slot, { time: from.number(), seen: from.count(), number: from.number(), text: from.text() })
  }
}

interface FrozenQueues {
  readonly queues: EntryQueues
  readonly meaning: Meaning
}

function* writeQueue({ queues, meaning }: FrozenQueues, slot: number, to: ByteWriter): Generator<void> {
  const { time, value } = queues.pool
  to.count(queues.size(slot))
  let written = 0
  for (const entry of queues.each(slot)) {
    const { seen, text, number } = meaning(value[entry] as number)
    to.number(time[entry] as number)
    to.count(seen)
    to.number(number)
    to.text(text)
    written += 1
    if (written % STEP === 0) yield
  }
}
