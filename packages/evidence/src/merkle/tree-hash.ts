import { concatBytes, sha256 } from '@dengta/kernel'

const LEAF = Uint8Array.of(0x00)
const NODE = Uint8Array.of(0x01)

/** The root of a tree without leaves (RFC 6962 §2.1). */
export const EMPTY_ROOT: Uint8Array = sha256(new Uint8Array())

/** RFC 6962 §2.1: the prefix keeps a leaf from ever being taken for a node. */
export function leafHash(entry: Uint8Array): Uint8Array {
  return sha256(concatBytes(LEAF, entry))
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concatBytes(NODE, left, right))
}

/** Root of the RFC 6962 tree over entries, in order. */
export function rootOf(entries: readonly Uint8Array[]): Uint8Array {
  return rootOfHashes(entries.map(leafHash))
}

/** The same over leaf hashes. A last hash without a partner moves up unchanged. */
export function rootOfHashes(leaves: readonly Uint8Array[]): Uint8Array {
  let row = leaves
  while (row.length > 1) row = parents(row)
  return row[0] ?? EMPTY_ROOT
}

function parents(row: readonly Uint8Array[]): Uint8Array[] {
  const above: Uint8Array[] = []
  for (let i = 0; i < row.length; i += 2) {
    const [left, right] = [row[i]!, row[i + 1]]
    above.push(right === undefined ? left : nodeHash(left, right))
  }
  return above
}
