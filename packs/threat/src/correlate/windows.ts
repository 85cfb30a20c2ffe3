import type { ByteReader } from './byte-reader.ts'
import type { ByteWriter } from './byte-writer.ts'
import type { EntryPool } from './entry-pool.ts'

/** What an event brings into a window. */
export interface Arrival {
  readonly time: number
  /** Bits of the references it came by (temporal kinds). */
  readonly seen: number
  /** The value to count (value_count). */
  readonly text: string
  /** The number to add up. */
  readonly number: number
}

/** The sliding windows of one correlation: one for each slot. Events come in order of time. */
export interface Windows {
  /** Bytes of its own arrays, without the pool that all share. */
  readonly bytes: number
  /** Makes room for this many slots; new ones are empty. */
  grow(slots: number): void
  add(slot: number, arrival: Arrival): void
  /** Takes out everything before `time`. */
  expire(slot: number, time: number): void
  /** Takes out the oldest entry, where there is one: only when memory runs out. */
  shift(slot: number): void
  clear(slot: number): void
  /** What the condition is about. `from` is where the window begins. */
  value(slot: number, from: number): number
  /** Bits of the references seen in the window; 0 for kinds without. */
  seen(slot: number): number
  /** Entries in the window. */
  size(slot: number): number
  firstTime(slot: number, from: number): number
  /** Copies all windows in steps, over a copy of the pool that they share; the result is written when it suits. */
  frozen(pool: EntryPool): Generator<void, FrozenWindows>
  /** Fills an empty slot with what was written. */
  restore(slot: number, from: ByteReader): void
}

/** Writes the window of a slot, in steps of at most a thousand entries. */
export type FrozenWindows = (slot: number, to: ByteWriter) => Iterable<void>
