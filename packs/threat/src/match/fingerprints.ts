const HALF = 16
const BUCKETS = 8
const LENGTH = 3
const FOLDED = 0x20

/** Commonest bytes of logs first; what is not here is rare. */
const COMMON = 'etaoinsrldcmpuh\\".:,0123456789-fgwybv'

/** For each piece the three bytes in it that are rarest together, and the tables that find them (see packs/threat/wasm/filter.ts). */
export function fingerprints(pieces: readonly Uint8Array[]): { tables: Uint8Array; offsets: readonly number[] } {
  const tables = new Uint8Array(2 * LENGTH * HALF)
  const offsets = pieces.map(rarest)
  pieces.forEach((piece, i) => {
    const bucket = 1 << (i % BUCKETS)
    for (let k = 0; k < LENGTH; k += 1) {
      const byte = (piece[(offsets[i] as number) + k] as number) | FOLDED
      const low = 2 * k * HALF
      tables[low + (byte & 15)]! |= bucket
      tables[low + HALF + (byte >> 4)]! |= bucket
    }
  })
  return { tables, offsets }
}

function rarest(piece: Uint8Array): number {
  let best = 0
  for (let at = 1; at + LENGTH <= piece.length; at += 1) if (rarity(piece, at) > rarity(piece, best)) best = at
  return best
}

function rarity(piece: Uint8Array, at: number): number {
  let sum = 0
  for (let k = at; k < at + LENGTH; k += 1) {
    const rank = COMMON.indexOf(String.fromCharCode(piece[k] as number))
    sum += rank < 0 ? COMMON.length : rank
  }
  return sum
}
