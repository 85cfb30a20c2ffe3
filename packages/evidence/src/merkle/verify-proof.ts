import { equalBytes } from '@dengta/kernel'
import { EMPTY_ROOT, nodeHash } from './tree-hash.ts'

export interface InclusionClaim {
  readonly size: number
  readonly index: number
  readonly leaf: Uint8Array
  readonly root: Uint8Array
  readonly proof: readonly Uint8Array[]
}

export interface ConsistencyClaim {
  readonly oldSize: number
  readonly newSize: number
  readonly oldRoot: Uint8Array
  readonly newRoot: Uint8Array
  readonly proof: readonly Uint8Array[]
}

const isHash = (hash: Uint8Array) => hash.length === 32
const isOdd = (n: number) => n % 2 === 1
const half = (n: number) => Math.floor(n / 2)

/** RFC 9162 §2.1.3.2. `leaf` is the leaf hash. False on anything malformed; never throws. */
export function verifyInclusion({ size, index, leaf, root, proof }: InclusionClaim): boolean {
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(index) || index < 0 || index >= size) return false
  if (![leaf, ...proof].every(isHash)) return false
  let [place, last, hash] = [index, size - 1, leaf]
  for (const sibling of proof) {
    if (last === 0) return false
    if (isOdd(place) || place === last) {
      hash = nodeHash(sibling, hash)
      while (!isOdd(place) && place !== 0) [place, last] = [half(place), half(last)]
    } else hash = nodeHash(hash, sibling)
    ;[place, last] = [half(place), half(last)]
  }
  return last === 0 && equalBytes(hash, root)
}

/** RFC 9162 §2.1.4.2. False on anything malformed; never throws. */
export function verifyConsistency(claim: ConsistencyClaim): boolean {
  const { oldSize, newSize, oldRoot, newRoot, proof } = claim
  if (!Number.isSafeInteger(oldSize) || !Number.isSafeInteger(newSize) || oldSize < 0 || oldSize > newSize) return false
  if (oldSize === newSize) return proof.length === 0 && equalBytes(oldRoot, newRoot)
  if (oldSize === 0) return proof.length === 0 && equalBytes(oldRoot, EMPTY_ROOT)
  if (!proof.every(isHash)) return false
  const path = isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : proof
  return path.length > 0 && pathLeadsToBoth(path as [Uint8Array, ...Uint8Array[]], claim)
}

function pathLeadsToBoth(path: readonly [Uint8Array, ...Uint8Array[]], claim: ConsistencyClaim): boolean {
  let [place, last] = [claim.oldSize - 1, claim.newSize - 1]
  while (isOdd(place)) [place, last] = [half(place), half(last)]
  let [oldHash, newHash] = [path[0], path[0]]
  for (const sibling of path.slice(1)) {
    if (last === 0) return false
    if (isOdd(place) || place === last) {
      ;[oldHash, newHash] = [nodeHash(sibling, oldHash), nodeHash(sibling, newHash)]
      while (!isOdd(place) && place !== 0) [place, last] = [half(place), half(last)]
    } else newHash = nodeHash(newHash, sibling)
    ;[place, last] = [half(place), half(last)]
  }
  return last === 0 && equalBytes(oldHash, claim.oldRoot) && equalBytes(newHash, claim.newRoot)
}

function isPowerOfTwo(n: number): boolean {
  return 2 ** Math.round(Math.log2(n)) === n
}
