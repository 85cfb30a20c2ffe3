import { fingerprint } from './fingerprint.ts'
import type { WatchedGroup } from './watched-group.ts'

/** What a pass over thousands of groups reads of each, by place. Reading the groups themselves takes thirty times as long. */
export interface WindowColumns {
  /** First alert, ms. */
  readonly first: Float64Array
  /** 1 / (1 + earlier groups of the same signature and host). */
  readonly rarity: Float64Array
  /** First score; 0 until it is known. */
  readonly score: Float64Array
  /** Fingerprints: where they differ, so do the names. */
  readonly host: Int32Array
  readonly signature: Int32Array
}

const SMALLEST = 1024

/** Watched groups in order, from place 0. */
export class WatchWindow {
  readonly #groups: WatchedGroup[] = []
  #columns = columnsFor(SMALLEST)

  constructor(groups: Iterable<WatchedGroup> = []) {
    for (const watched of groups) this.insert(this.length, watched)
  }

  get length(): number {
    return this.#groups.length
  }

  /** Hold until the next insertion. */
  get columns(): WindowColumns {
    return this.#columns
  }

  get groups(): readonly WatchedGroup[] {
    return this.#groups
  }

  at(place: number): WatchedGroup | undefined {
    return this.#groups[place]
  }

  /** Those at the place and behind it move back by one. */
  insert(place: number, watched: WatchedGroup): void {
    if (this.length === this.#columns.first.length) this.#grow()
    for (const column of listOf(this.#columns)) column.copyWithin(place + 1, place, this.length)
    if (place === this.length) this.#groups.push(watched)
    else this.#groups.splice(place, 0, watched)
    const { group, past, score = 0 } = watched
    const { first, rarity, host, signature, score: scores } = this.#columns
    first[place] = group.first
    rarity[place] = 1 / (1 + past.pair.groups)
    scores[place] = score
    host[place] = fingerprint(group.host)
    signature[place] = fingerprint(group.signature)
  }

  score(place: number, score: number): void {
    this.#groups[place]!.score = score
    this.#columns.score[place] = score
  }

  /** Takes away the first of them. */
  drop(count: number): void {
    for (const column of listOf(this.#columns)) column.copyWithin(0, count, this.length)
    this.#groups.splice(0, count)
  }

  #grow(): void {
    const larger = columnsFor(2 * this.length)
    const before = listOf(this.#columns)
    for (const [at, column] of listOf(larger).entries()) column.set(before[at]!)
    this.#columns = larger
  }
}

function columnsFor(capacity: number): WindowColumns {
  return {
    first: new Float64Array(capacity),
    rarity: new Float64Array(capacity),
    score: new Float64Array(capacity),
    host: new Int32Array(capacity),
    signature: new Int32Array(capacity),
  }
}

function listOf({ first, rarity, score, host, signature }: WindowColumns): readonly (Float64Array | Int32Array)[] {
  return [first, rarity, score, host, signature]
}
