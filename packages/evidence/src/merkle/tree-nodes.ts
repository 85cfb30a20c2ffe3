import { errors } from '../errors.ts'
import { EMPTY_ROOT, nodeHash } from './tree-hash.ts'

/** A complete subtree of 2^level leaves, starting at leaf index * 2^level: the nodes that a log stores. */
export interface NodeAt {
  readonly level: number
  readonly index: number
}

export interface StoredNode extends NodeAt {
  readonly hash: Uint8Array
}

/** The stored hash of a node. */
export type HashAt = (level: number, index: number) => Uint8Array

/** Leaves from `start` up to, not including, `end`; `start` is a multiple of the largest power of two within. */
export interface LeafRange {
  readonly start: number
  readonly end: number
}

/** The nodes whose hashes make the root of a tree of `size` leaves, from left to right. */
export function rootNodes(size: number): readonly NodeAt[] {
  return rangeNodes({ start: 0, end: size })
}

export function rootFrom(size: number, hashAt: HashAt): Uint8Array {
  return size === 0 ? EMPTY_ROOT : rangeHash({ start: 0, end: size }, hashAt)
}

/** The largest complete subtrees of a range, from left to right. */
export function rangeNodes({ start, end }: LeafRange): readonly NodeAt[] {
  const nodes: NodeAt[] = []
  for (let at = start; at < end; ) {
    const level = floorLog2(end - at)
    nodes.push({ level, index: at / 2 ** level })
    at += 2 ** level
  }
  return nodes
}

/** Exact for every safe integer from 1, where Math.log2 alone rounds up just below a power of two. */
export function floorLog2(n: number): number {
  const level = Math.floor(Math.log2(n))
  return 2 ** level > n ? level - 1 : level
}

/** Merkle tree hash of a range that holds at least one leaf. */
export function rangeHash(range: LeafRange, hashAt: HashAt): Uint8Array {
  return rangeNodes(range)
    .map((node) => hashAt(node.level, node.index))
    .reduceRight((right, left) => nodeHash(left, right))
}

/** The stored nodes that `appendNodes` reads: the left siblings that the new leaf completes. */
export function appendReads(size: number): readonly NodeAt[] {
  const reads: NodeAt[] = []
  for (let level = 0, index = size; index % 2 === 1; level += 1, index = (index - 1) / 2)
    reads.push({ level, index: index - 1 })
  return reads
}

/** The nodes to store when a tree of `size` leaves gets one more: the leaf, and every subtree that it completes. */
export function appendNodes(size: number, leaf: Uint8Array, hashAt: HashAt): readonly StoredNode[] {
  let last: StoredNode = { level: 0, index: size, hash: leaf }
  const added = [last]
  for (const left of appendReads(size)) {
    const hash = nodeHash(hashAt(left.level, left.index), last.hash)
    last = { level: left.level + 1, index: left.index / 2, hash }
    added.push(last)
  }
  return added
}

/** Looks hashes up among nodes that were fetched beforehand; throws `evidence.node_missing`. */
export function hashesAt(nodes: Iterable<StoredNode>): HashAt {
  const known = new Map<string, Uint8Array>()
  for (const node of nodes) known.set(`${node.level}/${node.index}`, node.hash)
  return (level, index) => {
    const hash = known.get(`${level}/${index}`)
    if (hash === undefined) throw errors.node_missing({ level, index })
    return hash
  }
}
