import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'
import { NONE } from './entry-pool.ts'
import { textOf } from './group-key.ts'
import { GroupTable } from './group-table.ts'
import { grown } from './grow.ts'
import { seal, unseal } from './sealed-bytes.ts'

/** Alerts of one rule about one entity within one window. */
export interface Episode {
  readonly rule: string
  readonly entity: string
  /** Alerts in it, the first included. */
  readonly count: number
  /** Event times in milliseconds. */
  readonly firstTime: number
  readonly lastTime: number
}

export interface DeduplicatorOptions {
  /** Length of an episode, from its first alert on, in milliseconds. */
  readonly windowMs: number
  /** Episodes open at the same time; the one that was opened first is closed early when there are more. */
  readonly maxOpen?: number
}

/** What an alert did. */
export interface Deduplicated {
  /** True if it opened an episode: it is the one to show. */
  readonly isNew: boolean
  /** Episodes that are over, with their final count. */
  readonly closed: readonly Episode[]
}

const SNAPSHOT = 'DENGTA-DEDUPLICATOR-1\n'
const FIRST_SLOTS = 1024

/**
 * Makes one alert of many: same rule, same entity, within a window from the first. Alerts may come somewhat out of
 * order: one belongs to the open episode if it lies less than a window from its first. Memory is bounded by `maxOpen`.
 */
export class Deduplicator {
  readonly #windowMs: number
  readonly #maxOpen: number
  /** Never touched again after opening: the oldest is the one that was opened first. */
  readonly #episodes = new GroupTable()
  #first = new Float64Array(0)
  #last = new Float64Array(0)
  #count = new Float64Array(0)
  #closedEarly = 0

  constructor({ windowMs, maxOpen = 1_000_000 }: DeduplicatorOptions) {
    this.#windowMs = windowMs
    this.#maxOpen = Math.max(1, maxOpen)
  }

  get open(): number {
    return this.#episodes.size
  }

  /** Episodes that were closed before their time, because too many were open. */
  get closedEarly(): number {
    return this.#closedEarly
  }

  push(rule: string, entity: string, time: number): Deduplicated {
    const closed = this.advance(time)
    const key = `${rule.length}:${rule}${textOf(entity)}`
    const slot = this.#episodes.find(key)
    if (slot !== NONE && Math.abs(time - this.#at(this.#first, slot)) <= this.#windowMs) {
      this.#count[slot] = this.#at(this.#count, slot) + 1
      this.#first[slot] = Math.min(this.#at(this.#first, slot), time)
      this.#last[slot] = Math.max(this.#at(this.#last, slot), time)
      return { isNew: false, closed }
    }
    if (slot !== NONE) closed.push(this.#close(slot))
    this.#start(key, { firstTime: time, lastTime: time, count: 1 })
    if (this.open > this.#maxOpen) {
      this.#closedEarly += 1
      closed.push(this.#close(this.#episodes.oldest))
    }
    return { isNew: true, closed }
  }

  /** Closes every episode whose window has passed at this time, in the order in which they were opened. */
  advance(time: number): Episode[] {
    const closed: Episode[] = []
    for (let slot = this.#episodes.oldest; slot !== NONE; slot = this.#episodes.oldest) {
      if (this.#at(this.#first, slot) + this.#windowMs >= time) break
      closed.push(this.#close(slot))
    }
    return closed
  }

  /** Closes all that is open: the end of the stream. */
  flush(): Episode[] {
    return this.advance(Number.POSITIVE_INFINITY)
  }

  save(): Uint8Array {
    const to = new ByteWriter()
    to.number(this.#closedEarly)
    to.count(this.open)
    for (let slot = this.#episodes.oldest; slot !== NONE; slot = this.#episodes.newerThan(slot)) {
      to.text(this.#episodes.keyOf(slot))
      for (const numbers of [this.#first, this.#last, this.#count]) to.number(this.#at(numbers, slot))
    }
    return seal(SNAPSHOT, to.bytes())
  }

  /** Takes up what `save` returned, in place of what is open. Throws bad_snapshot. */
  restore(bytes: Uint8Array): void {
    const from = new ByteReader(unseal(SNAPSHOT, bytes))
    this.flush()
    this.#closedEarly = from.number()
    for (let left = from.count(); left > 0; left -= 1)
      this.#start(from.text(), { firstTime: from.number(), lastTime: from.number(), count: from.number() })
  }

  #start(key: string, { firstTime, lastTime, count }: Omit<Episode, 'rule' | 'entity'>): void {
    if (this.#episodes.isFull) this.#grow()
    const slot = this.#episodes.open(key, firstTime)
    this.#first[slot] = firstTime
    this.#last[slot] = lastTime
    this.#count[slot] = count
  }

  #close(slot: number): Episode {
    const key = this.#episodes.keyOf(slot)
    const colon = key.indexOf(':')
    const end = colon + 1 + Number(key.slice(0, colon))
    this.#episodes.close(slot)
    return {
      rule: key.slice(colon + 1, end),
      entity: key.slice(end),
      count: this.#at(this.#count, slot),
      firstTime: this.#at(this.#first, slot),
      lastTime: this.#at(this.#last, slot),
    }
  }

  #grow(): void {
    const slots = Math.max(FIRST_SLOTS, Math.ceil(this.#episodes.capacity * 1.5))
    this.#episodes.grow(slots)
    this.#first = grown(this.#first, slots)
    this.#last = grown(this.#last, slots)
    this.#count = grown(this.#count, slots)
  }

  #at(numbers: Float64Array, slot: number): number {
    return numbers[slot] as number
  }
}
