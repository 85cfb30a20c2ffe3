import { NONE } from './entry-pool.ts'
import { grown } from './grow.ts'

/** Open groups of one correlation: a slot for each key, in the order in which they were last touched. */
export class GroupTable {
  readonly #slots = new Map<string, number>()
  readonly #keys: string[]
  readonly #free: number[] = []
  #last = new Float64Array(0)
  #older = new Int32Array(0)
  #newer = new Int32Array(0)
  #oldest = NONE
  #newest = NONE

  constructor(keys: string[] = []) {
    this.#keys = keys
  }

  get size(): number {
    return this.#slots.size
  }

  /** Slots that there is room for. */
  get capacity(): number {
    return this.#last.length
  }

  get isFull(): boolean {
    return this.#free.length === 0 && this.#keys.length === this.capacity
  }

  get bytes(): number {
    return 16 * this.capacity
  }

  grow(slots: number): void {
    this.#last = grown(this.#last, slots)
    this.#older = grown(this.#older, slots)
    this.#newer = grown(this.#newer, slots)
  }

  find(key: string): number {
    return this.#slots.get(key) ?? NONE
  }

  /** Opens a group that is not there yet, as the newest. There must be room. */
  open(key: string, time: number): number {
    const slot = this.#free.pop() ?? this.#keys.length
    this.#keys[slot] = key
    this.#slots.set(key, slot)
    this.#append(slot, time)
    return slot
  }

  /** What walking over the groups in order needs, an array a step: nothing can be found or opened in it. */
  *copy(): Generator<void, GroupTable> {
    const copy = new GroupTable(this.#keys.slice())
    yield
    copy.#last = this.#last.slice()
    yield
    copy.#newer = this.#newer.slice()
    yield
    copy.#oldest = this.#oldest
    return copy
  }

  touch(slot: number, time: number): void {
    this.#unlink(slot)
    this.#append(slot, time)
  }

  close(slot: number): void {
    this.#unlink(slot)
    this.#slots.delete(this.keyOf(slot))
    this.#keys[slot] = ''
    this.#free.push(slot)
  }

  /** The group that was not touched for the longest time; NONE where there is none. */
  get oldest(): number {
    return this.#oldest
  }

  /** The next one that was touched after it. */
  newerThan(slot: number): number {
    return this.#newer[slot] as number
  }

  lastTime(slot: number): number {
    return this.#last[slot] as number
  }

  keyOf(slot: number): string {
    return this.#keys[slot] as string
  }

  #append(slot: number, time: number): void {
    this.#last[slot] = time
    this.#older[slot] = this.#newest
    this.#newer[slot] = NONE
    if (this.#newest === NONE) this.#oldest = slot
    else this.#newer[this.#newest] = slot
    this.#newest = slot
  }

  #unlink(slot: number): void {
    const older = this.#older[slot] as number
    const newer = this.#newer[slot] as number
    if (older === NONE) this.#oldest = newer
    else this.#newer[older] = newer
    if (newer === NONE) this.#newest = older
    else this.#older[newer] = older
  }
}
