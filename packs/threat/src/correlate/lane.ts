import type { ByteReader } from './byte-reader.ts'
import type { ByteWriter } from './byte-writer.ts'
import type { Correlation } from './correlation.ts'
import { type EntryPool, NONE } from './entry-pool.ts'
import { GroupTable } from './group-table.ts'
import type { Arrival, FrozenWindows, Windows } from './windows.ts'

const FIRST_SLOTS = 16

/** Groups written in one step. */
const STEP = 256
/** Groups and entries given up in one step. */
const CLEAR_STEP = 1000

export interface FrozenLane {
  readonly correlation: Correlation
  readonly write: (to: ByteWriter) => Generator<void>
}

/** One correlation with its open groups and their windows. */
export class Lane {
  readonly correlation: Correlation
  readonly groups: GroupTable
  readonly windows: Windows

  constructor(correlation: Correlation, windows: Windows, groups = new GroupTable()) {
    this.correlation = correlation
    this.windows = windows
    this.groups = groups
  }

  /** The same groups and windows under a correlation that says the same. */
  under(correlation: Correlation): Lane {
    return new Lane(correlation, this.windows, this.groups)
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

  /** Closes all groups, in steps. */
  *clear(): Generator<void> {
    let given = 0
    for (let slot = this.groups.oldest; slot !== NONE; slot = this.groups.oldest) {
      for (let left = this.windows.size(slot); left > 0; left -= 1) {
        this.windows.shift(slot)
        given += 1
        if (given % CLEAR_STEP === 0) yield
      }
      this.close(slot)
      given += 1
      if (given % CLEAR_STEP === 0) yield
    }
  }

  /** Closes every group whose last event has left the window that ends at `time`. */
  closeExpired(time: number): void {
    const from = time - this.correlation.spanMs
    for (let slot = this.groups.oldest; slot !== NONE && this.groups.lastTime(slot) < from; slot = this.groups.oldest)
      this.close(slot)
  }

  /** Copies the open groups in steps, over a copy of the pool; the result is written when it suits. */
  *frozen(pool: EntryPool): Generator<void, FrozenLane> {
    const groups = yield* this.groups.copy()
    const writeWindow = yield* this.windows.frozen(pool)
    const { size } = this.groups
    return { correlation: this.correlation, write: (to) => writeGroups({ groups, size, writeWindow }, to) }
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

interface FrozenGroups {
  readonly groups: GroupTable
  readonly size: number
  readonly writeWindow: FrozenWindows
}

function* writeGroups({ groups, size, writeWindow }: FrozenGroups, to: ByteWriter): Generator<void> {
  to.count(size)
  let written = 0
  for (let slot = groups.oldest; slot !== NONE; slot = groups.newerThan(slot)) {
    to.text(groups.keyOf(slot))
    to.number(groups.lastTime(slot))
    yield* writeWindow(slot, to)
    written += 1
    if (written % STEP === 0) yield
  }
}
