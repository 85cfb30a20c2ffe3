import { createHmac } from 'node:crypto'
import { type HashAt, inclusionProof, leafHash, nodeHash, rootOfHashes, verifyInclusion } from '@dengta/evidence'
import { base64, concatBytes, fromBase64, fromHex, hex } from '@dengta/kernel'

/** The bytes of each row, `rowBytes` of the table; rows count from 0. */
export interface CommittedRows {
  readonly rows: number
  readonly bytesOf: (row: number) => Uint8Array
}

export interface Commitment {
  /** Root over all rows in file order, hexadecimal. */
  readonly all: string
  /** Root over the hidden rows alone, in file order. */
  readonly hidden: string
}

/** One row shown to an auditor: salt, bytes and audit path lead to the root; they tell nothing of any other row. */
export interface RowOpening {
  readonly row: number
  readonly salt: string
  readonly bytes: string
  readonly path: readonly string[]
}

/**
 * Salted Merkle commitment: leaf = RFC 6962 leaf hash of `salt || row bytes`, salt = HMAC-SHA256(secret, row number as
 * 8 bytes, big-endian). Without the 32-byte secret a root says nothing about rows, even guessed ones.
 */
export function commitRows(secret: Uint8Array, committed: CommittedRows, hidden: Uint8Array): Commitment {
  const leaves = leavesOf(secret, committed)
  return {
    all: hex(rootOfHashes(leaves)),
    hidden: hex(rootOfHashes(leaves.filter((_, row) => hidden[row] === 1))),
  }
}

/** Opens chosen rows of the commitment over all rows. Throws RangeError on a row that does not exist. */
export function openRows(secret: Uint8Array, committed: CommittedRows, rows: readonly number[]): readonly RowOpening[] {
  const hashAt = hashesOf(leavesOf(secret, committed))
  return rows.map((row) => ({
    row,
    salt: base64(saltOf(secret, row)),
    bytes: base64(committed.bytesOf(row)),
    path: inclusionProof(committed.rows, row, hashAt).map(base64),
  }))
}

/** True only if the row stands in the committed data at its place. `root` and `rows` come from the seal record. */
export function verifyOpening(opening: RowOpening, root: string, rows: number): boolean {
  try {
    const leaf = leafHash(concatBytes(fromBase64(opening.salt), fromBase64(opening.bytes)))
    const proof = opening.path.map(fromBase64)
    return verifyInclusion({ size: rows, index: opening.row, leaf, root: fromHex(root), proof })
  } catch {
    return false
  }
}

function leavesOf(secret: Uint8Array, { rows, bytesOf }: CommittedRows): Uint8Array[] {
  return Array.from({ length: rows }, (_, row) => leafHash(Buffer.concat([saltOf(secret, row), bytesOf(row)])))
}

function saltOf(secret: Uint8Array, row: number): Uint8Array {
  const number = Buffer.alloc(8)
  number.writeUIntBE(row, 2, 6)
  return createHmac('sha256', secret).update(number).digest()
}

/** Hashes of all complete subtrees, level by level. */
function hashesOf(leaves: readonly Uint8Array[]): HashAt {
  const levels = [leaves]
  for (let below = leaves; below.length > 1; ) {
    const above = Array.from({ length: below.length >> 1 }, (_, i) => nodeHash(below[2 * i]!, below[2 * i + 1]!))
    levels.push(above)
    below = above
  }
  return (level, index) => {
    const hash = levels[level]?.[index]
    if (!hash) throw new RangeError('no such subtree')
    return hash
  }
}
