import { atOnce } from '../group/in-steps.ts'
import { describePair } from './describe-pair.ts'
import { BOUND_BYTES, type DnsQuery, type DnsVolume } from './dns-volume.ts'
import { type Hash, keyedHash } from './keyed-hash.ts'
import { NameCode, type NameCodeState } from './name-code.ts'
import { NONE, PairTable, type PairTableState } from './pair-table.ts'
import { addName, advance, begin, DAY_MS, makeRoom, PART_MS, partOf, peersOf } from './pair-window.ts'
import { queryNameOf } from './query-name.ts'
import { SeenNames, type SeenNamesState } from './seen-names.ts'
import { usualVolume } from './usual-volume.ts'

export interface DnsVolumeOptions {
  /** Secret, so that nobody can choose names that fall together. */
  readonly key: Hash
  /** Bytes a day. */
  readonly bound?: number
  readonly maxPairs?: number
  /** New names that are remembered for a day, of clients and of the house each. */
  readonly maxNames?: number
}

export interface DnsVolumeCounts {
  readonly queries: number
  /** Nothing before a registered domain, or no public one. */
  readonly bare: number
  /** Older than the window, or from before 1970. */
  readonly late: number
  /** Over the bound, but not over what other clients usually send there. */
  readonly usual: number
  /** Pairs given up for lack of room that had sent something. */
  readonly dropped: number
}

export interface DnsVolumeState {
  readonly key: Hash
  readonly newest: number
  readonly counts: DnsVolumeCounts
  readonly code: NameCodeState
  readonly pairs: PairTableState
  readonly names: SeenNamesState
  readonly houseNames: SeenNamesState
}

const MAX_PAIRS = 1_000_000
const MAX_NAMES = 2_000_000
/** More than the queries of a step have of new pairs, and of new names. */
const RESERVE = 20_000
/** Beyond so many times the bound it is told, however many clients do the same. */
const NEVER_USUAL = 16
/** It is told again when it has doubled; held against the others again when it has grown by a quarter. */
const AGAIN = 2
const HELD = 1.25
const TEXT_TYPES = new Set(['TXT', 'NULL', 'PRIVATE'])

/**
 * Watches what leaves in the names that clients ask for: for each client and registered domain, the bits of all new names
 * of a day. One query after the other, in bounded memory; the same answers to the same queries, and without repetitions.
 */
export class DnsVolumeWatch {
  readonly #bound: number
  readonly #maxPairs: number
  readonly #key: Hash
  readonly #pairs: PairTable
  /** Names by client, and whoever asked. */
  readonly #names: SeenNames
  readonly #houseNames: SeenNames
  readonly #code: NameCode
  readonly #counts: { -readonly [name in keyof DnsVolumeCounts]: number }
  #newest: number

  constructor(
    { key, bound = BOUND_BYTES, maxPairs = MAX_PAIRS, maxNames = MAX_NAMES }: DnsVolumeOptions,
    state?: DnsVolumeState,
  ) {
    this.#bound = 8 * bound
    this.#maxPairs = maxPairs
    this.#key = state?.key ?? key
    const room = { spanMs: DAY_MS, capacity: maxNames }
    this.#pairs = new PairTable(state?.pairs)
    this.#names = new SeenNames(room, state?.names)
    this.#houseNames = new SeenNames(room, state?.houseNames)
    this.#code = new NameCode(state?.code)
    this.#counts = { queries: 0, bare: 0, late: 0, usual: 0, dropped: 0, ...state?.counts }
    this.#newest = state?.newest ?? Number.NEGATIVE_INFINITY
  }

  get counts(): DnsVolumeCounts {
    return this.#counts
  }

  get pairs(): number {
    return this.#pairs.size
  }

  /** Time of the newest query; -Infinity before the first. */
  get newest(): number {
    return this.#newest
  }

  /** Times that names were forgotten before their day was over. */
  get forgotten(): number {
    return this.#names.forgotten
  }

  observe(query: DnsQuery): DnsVolume | undefined {
    this.#counts.queries += 1
    const name = queryNameOf(query.name)
    if (!name) this.#counts.bare += 1
    else if (query.time < 0 || query.time <= this.#newest - DAY_MS + PART_MS) this.#counts.late += 1
    else return this.#watch(query, name.domain, name.carried)
    return undefined
  }

  /** What is better done in steps before the next queries than while one of them waits; undefined where nothing is. */
  prepare(): Generator<void> | undefined {
    const work = [this.#roomForPairs(), this.#names.prepare(RESERVE), this.#houseNames.prepare(RESERVE)]
    const due = work.filter((each) => each !== undefined)
    return due.length === 0 ? undefined : inTurn(due)
  }

  #roomForPairs(): Generator<void> | undefined {
    const reserve = Math.min(RESERVE, this.#maxPairs >> 4)
    if (this.#pairs.size >= this.#maxPairs - reserve) return this.#makeRoom()
    return this.#pairs.size > reserve && this.#pairs.needsRoom(reserve) ? this.#pairs.grow() : undefined
  }

  *#makeRoom(): Generator<void> {
    this.#counts.dropped += yield* makeRoom(this.#pairs, this.#newest)
  }

  /** Copies everything, a table a step; nothing may be observed until it is done. */
  *freeze(): Generator<void, DnsVolumeState> {
    const pairs = yield* this.#pairs.save()
    const names = this.#names.save()
    yield
    const houseNames = this.#houseNames.save()
    yield
    return {
      key: this.#key,
      newest: this.#newest,
      counts: { ...this.#counts },
      code: this.#code.save(),
      pairs,
      names,
      houseNames,
    }
  }

  #watch(query: DnsQuery, domain: string, carried: string): DnsVolume | undefined {
    this.#newest = Math.max(this.#newest, query.time)
    const bits = this.#bitsOf(query, carried)
    if (bits === undefined) return undefined
    const pair = this.#pairOf(query.client, domain)
    advance(this.#pairs, pair, query.time, this.#bound)
    this.#pairs.add(pair, 'queries', 1)
    if (TEXT_TYPES.has(query.type)) this.#pairs.add(pair, 'texts', 1)
    addName(this.#pairs, pair, { time: query.time, bits, length: carried.length })
    return this.#judge(pair, query, domain)
  }

  #pairOf(client: string, domain: string): number {
    const key = keyedHash(`${client}\n${domain}`, this.#key)
    const known = this.#pairs.find(key)
    if (known !== NONE) return known
    if (this.#pairs.size >= this.#maxPairs) atOnce(this.#makeRoom())
    const pair = this.#pairs.open(key, keyedHash(domain, this.#key)[0])
    this.#pairs.parts[pair] = partOf(this.#newest)
    begin(this.#pairs, pair, this.#bound)
    return pair
  }

  /** Undefined for a name that this client has asked for of late. One that others asked for is told by its number. */
  #bitsOf({ client, name }: DnsQuery, carried: string): number | undefined {
    const lower = name.toLowerCase()
    if (this.#names.see(keyedHash(`${client}\n${lower}`, this.#key), this.#newest)) return undefined
    const bits = this.#code.bits(carried)
    if (this.#houseNames.see(keyedHash(lower, this.#key), this.#newest))
      return Math.min(bits, Math.log2(this.#houseNames.size + 1))
    this.#code.learn(carried)
    return bits
  }

  #judge(pair: number, { client, time, name }: DnsQuery, domain: string): DnsVolume | undefined {
    const carried = this.#pairs.sum(this.#pairs.bits, pair)
    if (carried <= this.#pairs.get(pair, 'next')) return undefined
    const usual = usualVolume(peersOf(this.#pairs, pair, this.#newest))
    if (usual !== undefined && carried <= usual && carried < NEVER_USUAL * this.#bound) {
      this.#counts.usual += 1
      this.#pairs.set(pair, 'next', carried * HELD)
      return undefined
    }
    this.#pairs.set(pair, 'next', carried * AGAIN)
    const compared = { bound: this.#bound / 8, usual: usual === undefined ? undefined : usual / 8 }
    return { client, domain, time, ...describePair(this.#pairs, pair), ...compared, example: name }
  }
}

function* inTurn(work: readonly Generator<void>[]): Generator<void> {
  for (const each of work) yield* each
}
