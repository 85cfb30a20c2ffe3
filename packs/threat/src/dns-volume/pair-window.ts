import { type Figure, PARTS, type PairTable, STEP } from './pair-table.ts'
import { smallest } from './smallest.ts'

/** How long names are remembered at least, and how long the window is, in milliseconds. */
export const DAY_MS = 86_400_000
/** A part of the window, in milliseconds: three hours. */
export const PART_MS = DAY_MS / PARTS
const SUMS = ['queries', 'texts', 'characters', 'gaps', 'gapSum', 'gapSquares'] as const satisfies readonly Figure[]

/** Number of the part that a time lies in, counted from 1970. */
export const partOf = (time: number): number => Math.floor(time / PART_MS)

/** A pair as if nothing was asked; it is told again from `bound` bits on. */
export function begin(pairs: PairTable, pair: number, bound: number): void {
  for (const figure of SUMS) pairs.set(pair, figure, 0)
  pairs.set(pair, 'next', bound)
  pairs.times.fill(0, 2 * pair, 2 * pair + 2)
}

/** Turns the window on to the part of this time. A pair that was quiet for all of it begins anew. */
export function advance(pairs: PairTable, pair: number, time: number, bound: number): void {
  const part = partOf(time)
  const before = pairs.parts[pair] as number
  if (part <= before) return
  for (let at = Math.max(before, part - PARTS) + 1; at <= part; at += 1) {
    pairs.bits[pair * PARTS + (at % PARTS)] = 0
    pairs.names[pair * PARTS + (at % PARTS)] = 0
  }
  pairs.parts[pair] = part
  const carried = pairs.sum(pairs.bits, pair)
  if (carried === 0) begin(pairs, pair, bound)
  else if (carried < bound / 2) pairs.set(pair, 'next', bound)
}

/** A new name: what it carries, how long it is, and the pause before it. */
export function addName(pairs: PairTable, pair: number, name: { time: number; bits: number; length: number }): void {
  const at = pair * PARTS + (partOf(name.time) % PARTS)
  pairs.bits[at] = (pairs.bits[at] as number) + name.bits
  pairs.names[at] = (pairs.names[at] as number) + 1
  pairs.add(pair, 'characters', name.length)
  const last = pairs.times[2 * pair + 1] as number
  pairs.times[2 * pair + 1] = Math.max(last, name.time)
  if (last === 0) pairs.times[2 * pair] = name.time
  else addPause(pairs, pair, Math.max(0, name.time - last) / 1000)
}

function addPause(pairs: PairTable, pair: number, seconds: number): void {
  pairs.add(pair, 'gaps', 1)
  pairs.add(pair, 'gapSum', seconds)
  pairs.add(pair, 'gapSquares', seconds * seconds)
}

/** Bits that the other clients of the same domain sent within the window that ends now. */
export function peersOf(pairs: PairTable, pair: number, now: number): Float64Array {
  const domain = pairs.domains[pair] as number
  const oldest = partOf(now) - PARTS
  const peers: number[] = []
  for (let at = pairs.domains.indexOf(domain); at >= 0 && at < pairs.size; at = pairs.domains.indexOf(domain, at + 1))
    if (at !== pair && (pairs.parts[at] as number) > oldest) peers.push(pairs.sum(pairs.bits, at))
  return Float64Array.from(peers)
}

/**
 * Lets a quarter of the pairs go, quiet ones first, then those that carried least: flooding it with new domains pushes out
 * what has hardly sent anything. In steps in which nothing is looked for; answers how many went that were not quiet.
 */
export function* makeRoom(pairs: PairTable, now: number): Generator<void, number> {
  const carried = yield* carriedBy(pairs, partOf(now) - PARTS)
  let room = Math.ceil(pairs.size / 4)
  const most = yield* smallest(carried, room)
  let lost = 0
  yield* pairs.keep((pair) => {
    const each = carried[pair] as number
    if (each > most || (each >= 0 && room <= 0)) return true
    room -= 1
    if (each >= 0) lost += 1
    return false
  })
  return lost
}

/** Bits that each pair sent in the window, -1 for one that was quiet since this part. */
function* carriedBy(pairs: PairTable, oldest: number): Generator<void, Float32Array<ArrayBuffer>> {
  const carried = new Float32Array(pairs.size)
  for (let pair = 0; pair < carried.length; pair += 1) {
    carried[pair] = (pairs.parts[pair] as number) > oldest ? pairs.sum(pairs.bits, pair) : -1
    if (pair % STEP === STEP - 1) yield
  }
  return carried
}
