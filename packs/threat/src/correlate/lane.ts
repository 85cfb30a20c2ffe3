import type { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'
import type { Correlation } from './correlation.ts'
import { type EntryPool, NONE } from './entry-pool.ts'
import { GroupTable } from './group-table.ts'
import type { Arrival, Windows } from './windows.ts'
import { windowsFor } from './windows-for.ts'

const FIRST_SLOTS = 16

/** One correlation with its open groups and their windows. */
export class Lane {
  readonly correlation: Correlation
  readonly groups = new GroupTable()
  readonly windows: Windows

  constructor(correlation: Correlation, pool: EntryPool) {
    this.correlation = correlation
    this.windows = windowsFor(correlation, pool)
  }

  get bytes(): number {
    return this.groups.bytes + this.windows.bytes
  }

  /** Puts an event into the window of its group; returns the slot. */
  add(key: string, arrival: Arrival): number {
    let slot = this.groups.find(key)
    if (slot === NONE) slot = this.#open(key, arrival.time)
    else {
      this.windows.expire(slot, arrival.time - this.correlation.spanMs)
      this.groups.touch(slot, arrival.time)
    }
    this.windows.add(slot, arrival)
    return slot
  }

  close(slot: number): void {
    this.windows.clear(slot)
    this.groups.close(slot)
  }

  /** Closes every group whose last event has left the window that ends at `time`. */
  closeExpired(time: number): void {
    const from = time - this.correlation.spanMs
    for (let slot = this.groups.oldest; slot !== NONE && this.groups.lastTime(slot) < from; slot = this.groups.oldest)
      this.close(slot)
  }

  save(): Uint8Array {
    const to = new ByteWriter()
    to.count(this.groups.size)
    for (let slot = this.groups.oldest; slot !== NONE; slot = this.groups.newerThan(slot)) {
      to.text(this.groups.keyOf(slot))
      to.number(this.groups.lastTime(slot))
      this.windows.save(slot, to)
    }
    return to.bytes()
  }

  restore(from: ByteReader): void {
    for (let left = from.count(); left > 0; left -= 1) {
      const slot = this.#open(from.text(), from.number())
      this.windows.restore(slot, from)
    }
  }

  #open(key: string, time: number): number {
    if (this.groups.isFull) {
      const slots = Math.max(FIRST_SLOTS, Math.ceil(this.groups.capacity * 1.5))
      this.groups.grow(slots)
      this.windows.grow(slots)
    }
    return this.groups.open(key, time)
  }
}
