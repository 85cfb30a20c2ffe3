import type { Way } from '../model/way.ts'

/**
 * Chips of a pool counted in whole gangs: of 8 chips, 27 hold three gangs, not 3.375. One row for each pool and gang size that does
 * not divide the pool; a way weighs its `share` in every row of its pool. Kinds are the different (pool, chips) of all ways;
 * shares of kind `k` above zero are `firstShare[k] .. firstShare[k + 1]`.
 */
export interface GangRows {
  readonly gangPool: Int32Array
  readonly gangSize: Int32Array
  /** Whole gangs, by row and slot. */
  readonly gangLimit: Float64Array
  readonly kindPool: Int32Array
  readonly kindChips: Float64Array
  readonly firstShare: Int32Array
  readonly shareRow: Int32Array
  readonly share: Float64Array
  /** Kind of every way. */
  readonly wayKind: Int32Array
}

export interface GangRowOptions {
  readonly ways: readonly Way[]
  readonly wayPool: Int32Array
  /** Chips by pool, the same in every slot; undefined where some are taken, and nothing is rounded. */
  readonly counts: readonly number[] | undefined
  readonly slots: number
}

export function gangRowsOf({ ways, wayPool, counts, slots }: GangRowOptions): GangRows {
  const { kinds, wayKind } = kindsOf(ways, wayPool)
  const rows = counts === undefined ? [] : rowsOf(kinds, counts)
  const shares = kinds.map(({ pool, chips }) =>
    rows.flatMap((row, at) => {
      const share = row.pool === pool ? shareOf(chips / row.size, row.count / row.size) : 0
      return share > 0 ? [{ at, share }] : []
    }),
  )
  const firstShare = new Int32Array(kinds.length + 1)
  for (const [k, own] of shares.entries()) firstShare[k + 1] = firstShare[k]! + own.length
  return {
    gangPool: Int32Array.from(rows, ({ pool }) => pool),
    gangSize: Int32Array.from(rows, ({ size }) => size),
    gangLimit: Float64Array.from(
      rows.flatMap(({ size, count }) => Array<number>(slots).fill(Math.floor(count / size))),
    ),
    kindPool: Int32Array.from(kinds, ({ pool }) => pool),
    kindChips: Float64Array.from(kinds, ({ chips }) => chips),
    firstShare,
    shareRow: Int32Array.from(shares.flat(), ({ at }) => at),
    share: Float64Array.from(shares.flat(), ({ share }) => share),
    wayKind,
  }
}

/**
 * Mixed-integer rounding (Nemhauser and Wolsey, Math. Program. 46, 1990): whatever whole numbers `x` keep `sum(a x) <= b`, also
 * keep `sum(shareOf(a, b) x) <= floor(b)`.
 */
export function shareOf(a: number, b: number): number {
  const spare = b - Math.floor(b)
  return Math.floor(a) + Math.max(0, a - Math.floor(a) - spare) / (1 - spare)
}

interface Kind {
  readonly pool: number
  readonly chips: number
}

function kindsOf(ways: readonly Way[], wayPool: Int32Array): { kinds: Kind[]; wayKind: Int32Array } {
  const at = new Map<string, number>()
  const kinds: Kind[] = []
  const wayKind = Int32Array.from(ways, ({ chips }, way) => {
    const pool = wayPool[way]!
    const key = `${pool} ${chips}`
    const known = at.get(key)
    if (known !== undefined) return known
    at.set(key, kinds.length)
    return kinds.push({ pool, chips }) - 1
  })
  return { kinds, wayKind }
}

/** Above so many gangs in a pool, rounding gains next to nothing and costs steps of the ascent. */
const MOST_GANGS = 12

interface Row {
  readonly pool: number
  readonly size: number
  readonly count: number
}

function rowsOf(kinds: readonly Kind[], counts: readonly number[]): Row[] {
  return kinds.flatMap(({ pool, chips: size }) => {
    const count = counts[pool]!
    return size > 1 && count % size !== 0 && count < MOST_GANGS * size ? [{ pool, size, count }] : []
  })
}
