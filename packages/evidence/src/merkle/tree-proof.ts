import { errors } from '../errors.ts'
import { floorLog2, type HashAt, type LeafRange, type NodeAt, rangeHash, rangeNodes } from './tree-nodes.ts'

/** The stored nodes that an inclusion proof is made of. Throws `evidence.tree_range`. */
export function inclusionNodes(size: number, index: number): readonly NodeAt[] {
  return inclusionRanges(size, index).flatMap(rangeNodes)
}

/** Audit path of a leaf (RFC 6962 §2.1.1), from the leaf up. */
export function inclusionProof(size: number, index: number, hashAt: HashAt): readonly Uint8Array[] {
  return inclusionRanges(size, index).map((range) => rangeHash(range, hashAt))
}

/** The stored nodes that a consistency proof is made of. Throws `evidence.tree_range`. */
export function consistencyNodes(oldSize: number, newSize: number): readonly NodeAt[] {
  return consistencyRanges(oldSize, newSize).flatMap(rangeNodes)
}

/** Proof that the tree only grew (RFC 6962 §2.1.2); empty from size 0 and between equal sizes. */
export function consistencyProof(oldSize: number, newSize: number, hashAt: HashAt): readonly Uint8Array[] {
  return consistencyRanges(oldSize, newSize).map((range) => rangeHash(range, hashAt))
}

function inclusionRanges(size: number, index: number): readonly LeafRange[] {
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(index) || index < 0 || index >= size)
    throw errors.tree_range({ size, at: index })
  const siblings: LeafRange[] = []
  let { start, end }: LeafRange = { start: 0, end: size }
  while (end - start > 1) {
    const middle = start + splitSize(end - start)
    siblings.push(index < middle ? { start: middle, end } : { start, end: middle })
    if (index < middle) end = middle
    else start = middle
  }
  return siblings.reverse()
}

function consistencyRanges(oldSize: number, newSize: number): readonly LeafRange[] {
  if (!Number.isSafeInteger(oldSize) || !Number.isSafeInteger(newSize) || oldSize < 0 || oldSize > newSize)
    throw errors.tree_range({ size: newSize, at: oldSize })
  if (oldSize === 0) return []
  const ranges: LeafRange[] = []
  let { start, end }: LeafRange = { start: 0, end: newSize }
  while (end !== oldSize) {
    const middle = start + splitSize(end - start)
    ranges.push(oldSize <= middle ? { start: middle, end } : { start, end: middle })
    if (oldSize <= middle) end = middle
    else start = middle
  }
  if (start > 0) ranges.push({ start, end })
  return ranges.reverse()
}

/** The largest power of two smaller than `count` (RFC 6962 §2.1). */
function splitSize(count: number): number {
  return 2 ** floorLog2(count - 1)
}
