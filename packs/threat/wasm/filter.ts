// Tells lines that cannot hold any of some texts, 16 places at a time (the Teddy of Hyperscan; Wang et al. 2019). The host lays
// out: six tables of 16 bytes (low and high half of each of three folded bytes, one bit for a bucket), the pieces, the fold.

const PIECES: usize = 96
const FOLD: usize = 100

export function mayHold(filter: usize, from: usize, to: usize): bool {
  const low0 = v128.load(filter)
  const high0 = v128.load(filter, 16)
  const low1 = v128.load(filter, 32)
  const high1 = v128.load(filter, 48)
  const low2 = v128.load(filter, 64)
  const high2 = v128.load(filter, 80)
  for (let at = from; at < to; at += 16) {
    const first = bucketsOf(low0, high0, v128.load(at))
    const second = bucketsOf(low1, high1, v128.load(at, 1))
    const third = bucketsOf(low2, high2, v128.load(at, 2))
    const buckets = v128.and(v128.and(first, second), third)
    if (v128.any_true(buckets) && holdsAt(filter, i8x16.bitmask(i8x16.ne(buckets, i8x16.splat(0))), at, from)) return true
  }
  return false
}

// @ts-expect-error: AssemblyScript
@inline
function bucketsOf(low: v128, high: v128, block: v128): v128 {
  const folded = v128.or(block, i8x16.splat(0x20))
  const lowHalf = i8x16.swizzle(low, v128.and(folded, i8x16.splat(15)))
  return v128.and(lowHalf, i8x16.swizzle(high, i8x16.shr_u(folded, 4)))
}

function holdsAt(filter: usize, candidates: i32, at: usize, from: usize): bool {
  for (let left = candidates; left != 0; left &= left - 1) if (standsAt(filter, at + ctz(left), from)) return true
  return false
}

/** Pieces: how many, then the place of each: where its three bytes stand in it, its length, its bytes. */
function standsAt(filter: usize, at: usize, from: usize): bool {
  const pieces: usize = load<u32>(filter, PIECES)
  const fold = filter + FOLD
  const many = load<u32>(pieces)
  for (let k: u32 = 1; k <= many; k += 1) {
    const piece: usize = load<u32>(pieces + (<usize>k << 2))
    const start = at - load<u32>(piece)
    const length = load<u32>(piece, 4)
    let i: u32 = 0
    while (i < length && load<u8>(fold + load<u8>(start + i)) == load<u8>(piece + 8 + i)) i += 1
    if (i == length && start >= from) return true
  }
  return false
}
