import type { AlertGroup } from '../group/alert-group.ts'
import { copied } from '../group/in-steps.ts'
import { RecentlyUsed } from '../group/recently-used.ts'

/** What was seen of one signature, one host or one pair of both before now. */
export interface Seen {
  readonly groups: number
  /** First alert of the latest group, ms. */
  readonly last: number
  /** Most alerts within a minute of a group's start. */
  readonly burst: number
}

/** The past of a group at the moment it opened; label-free. */
export interface Past {
  readonly signature: Seen
  readonly pair: Seen
  readonly host: Seen
  /** When this stream was first seen, ms. */
  readonly start: number
}

export interface HistoryState {
  readonly start: number | undefined
  readonly signatures: readonly [string, Seen][]
  readonly pairs: readonly [string, Seen][]
  readonly hosts: readonly [string, Seen][]
}

const MAX_KEYS = 200_000

/** Counts of groups by signature, host and pair, in event time; bounded, the longest quiet are forgotten. */
export class History {
  readonly #signatures: RecentlyUsed<Seen>
  readonly #pairs: RecentlyUsed<Seen>
  readonly #hosts: RecentlyUsed<Seen>
  #start: number | undefined

  constructor(state?: HistoryState) {
    this.#start = state?.start
    this.#signatures = new RecentlyUsed(MAX_KEYS, state?.signatures)
    this.#pairs = new RecentlyUsed(MAX_KEYS, state?.pairs)
    this.#hosts = new RecentlyUsed(MAX_KEYS, state?.hosts)
  }

  /** What came before this new group; then counts it in. */
  open(group: AlertGroup): Past {
    this.#start ??= group.first
    const { signature, host, first } = group
    return {
      signature: count(this.#signatures, signature, { now: first, start: this.#start }),
      pair: count(this.#pairs, pairKey(signature, host), { now: first, start: this.#start }),
      host: count(this.#hosts, host, { now: first, start: this.#start }),
      start: this.#start,
    }
  }

  /** Keeps the greatest burst of a pair, once the first minute of its group is over. */
  settle({ signature, host }: AlertGroup, burst: number): void {
    const key = pairKey(signature, host)
    const seen = this.#pairs.get(key)
    if (seen && burst > seen.burst) this.#pairs.replace(key, { ...seen, burst })
  }

  /** Copies what is seen, in steps between which no group may be opened or settled. */
  *freeze(): Generator<void, HistoryState> {
    return {
      start: this.#start,
      signatures: yield* copied(this.#signatures.entries(), sameEntry),
      pairs: yield* copied(this.#pairs.entries(), sameEntry),
      hosts: yield* copied(this.#hosts.entries(), sameEntry),
    }
  }
}

/** What was seen never changes, another takes its place. */
const sameEntry = (entry: [string, Seen]): [string, Seen] => entry

function count(map: RecentlyUsed<Seen>, key: string, { now, start }: { now: number; start: number }): Seen {
  const seen = map.get(key)
  map.set(key, { groups: (seen?.groups ?? 0) + 1, last: now, burst: seen?.burst ?? 0 })
  return seen ?? { groups: 0, last: start, burst: 0 }
}

function pairKey(signature: string, host: string): string {
  return `${signature}\n${host}`
}
