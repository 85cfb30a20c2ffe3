import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'
import type { Correlation } from './correlation.ts'
import type { CorrelatorCounts, CorrelatorOptions } from './correlator-options.ts'
import { EntryPool, NONE } from './entry-pool.ts'
import { type FrozenLane, Lane } from './lane.ts'
import type { Arrival } from './windows.ts'
import { windowsFor } from './windows-for.ts'

type Bounds = Required<CorrelatorOptions>

/** All windows of all correlations, within a bound on groups and entries. */
export class WindowStore {
  readonly #pool = new EntryPool()
  #lanes: readonly Lane[]
  readonly #bounds: Bounds
  readonly #counts: CorrelatorCounts
  #groups = 0

  constructor(correlations: readonly Correlation[], bounds: Bounds, counts: CorrelatorCounts) {
    this.#lanes = correlations.map((correlation) => this.#lane(correlation))
    this.#bounds = bounds
    this.#counts = counts
  }

  get groups(): number {
    return this.#lanes.reduce((sum, lane) => sum + lane.groups.size, 0)
  }

  get entries(): number {
    return this.#pool.used
  }

  /** Bytes of the typed arrays; keys and texts come on top. */
  get bytes(): number {
    return this.#lanes.reduce((sum, lane) => sum + lane.bytes, this.#pool.bytes)
  }

  /** Puts an event into a window; returns its lane and slot for a look at the value. */
  add(place: number, key: string, arrival: Arrival): { lane: Lane; slot: number } {
    const lane = this.#lanes[place] as Lane
    const before = lane.groups.size
    lane.closeExpired(arrival.time)
    const slot = lane.add(key, arrival)
    this.#groups += lane.groups.size - before
    if (this.#isOver()) this.#makeRoom(lane, slot, arrival.time)
    return { lane, slot }
  }

  /** Closes every group that has left its window at this time. */
  closeExpired(time: number): void {
    for (const lane of this.#lanes) lane.closeExpired(time)
    this.#groups = this.groups
  }

  /** Copies all windows in steps; the result writes them in small steps, whatever happens to these meanwhile. */
  *freeze(): Generator<void, (to: ByteWriter) => Generator<void>> {
    const pool = yield* this.#pool.copy()
    const lanes: FrozenLane[] = []
    for (const lane of this.#lanes) lanes.push(yield* lane.frozen(pool))
    return (to) => writeLanes(lanes, to)
  }

  /** Takes up the windows of every correlation that is still the same; returns the ids of the others. */
  restore(from: ByteReader): string[] {
    const lost: string[] = []
    for (let left = from.count(); left > 0; left -= 1) {
      const id = from.text()
      const fingerprint = from.text()
      const block = from.block()
      const meaning = meaningOf({ id, fingerprint })
      const lane = this.#lanes.find((each) => meaningOf(each.correlation) === meaning)
      if (lane) lane.restore(new ByteReader(block))
      else lost.push(id)
    }
    this.#groups = this.groups
    return lost
  }

  /** Goes on with other correlations, in steps. Those that say the same keep their windows, which are not touched. */
  *turnTo(correlations: readonly Correlation[]): Generator<void> {
    const left = new Map(this.#lanes.map((lane) => [meaningOf(lane.correlation), lane]))
    this.#lanes = correlations.map((correlation) => {
      const meaning = meaningOf(correlation)
      const kept = left.get(meaning)
      left.delete(meaning)
      return kept?.under(correlation) ?? this.#lane(correlation)
    })
    for (const lane of left.values()) yield* lane.clear()
    this.#groups = this.groups
  }

  #lane(correlation: Correlation): Lane {
    return new Lane(correlation, windowsFor(correlation, this.#pool))
  }

  #isOver(): boolean {
    return this.#groups > this.#bounds.maxGroups || this.#pool.used > this.#bounds.maxEntries
  }

  /** First what has expired anywhere, then the groups that were not touched for the longest time, never the one at hand. */
  #makeRoom(current: Lane, slot: number, time: number): void {
    this.closeExpired(time)
    while (this.#isOver()) {
      const lane = this.#idlest(current, slot)
      if (lane) this.#evict(lane, current === lane ? slot : NONE)
      else if (current.windows.size(slot) > 1) this.#truncate(current, slot)
      else return
    }
  }

  #idlest(current: Lane, slot: number): Lane | undefined {
    let idlest: Lane | undefined
    let time = Number.POSITIVE_INFINITY
    for (const lane of this.#lanes) {
      const oldest = oldestBut(lane, lane === current ? slot : NONE)
      if (oldest === NONE || lane.groups.lastTime(oldest) >= time) continue
      idlest = lane
      time = lane.groups.lastTime(oldest)
    }
    return idlest
  }

  #evict(lane: Lane, spared: number): void {
    const slot = oldestBut(lane, spared)
    this.#counts.evictedGroups += 1
    this.#counts.evictedEntries += lane.windows.size(slot)
    lane.close(slot)
    this.#groups -= 1
  }

  #truncate(lane: Lane, slot: number): void {
    this.#counts.evictedEntries += 1
    lane.windows.shift(slot)
  }
}

/** The same for correlations whose windows are the same. */
const meaningOf = ({ id, fingerprint }: Pick<Correlation, 'id' | 'fingerprint'>): string => `${id}\n${fingerprint}`

function* writeLanes(lanes: readonly FrozenLane[], to: ByteWriter): Generator<void> {
  to.count(lanes.length)
  for (const { correlation, write } of lanes) {
    to.text(correlation.id)
    to.text(correlation.fingerprint)
    const block = new ByteWriter()
    yield* write(block)
    to.block(block)
  }
}

function oldestBut({ groups }: Lane, spared: number): number {
  const { oldest } = groups
  return oldest !== NONE && oldest === spared ? groups.newerThan(oldest) : oldest
}
