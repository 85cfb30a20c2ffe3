type Column = ArrayLike<number>

const float = new Float64Array(1)
const words = new Uint32Array(float.buffer)

/**
 * For each row the index of the first row with the same values in all columns; its own index where there is none before.
 * Exact: -0 equals 0, NaN equals NaN. Linear in rows, by an open-addressing table of 4 bytes a slot.
 */
export function firstEqualRows(columns: readonly Column[], rows: number): Int32Array {
  const mask = 2 ** Math.ceil(Math.log2(Math.max(2, rows * 2))) - 1
  const slots = new Int32Array(mask + 1).fill(-1)
  const first = new Int32Array(rows)
  for (let row = 0; row < rows; row += 1) {
    let slot = hashRow(columns, row) & mask
    while (slots[slot]! >= 0 && !equalRows(columns, slots[slot]!, row)) slot = (slot + 1) & mask
    if (slots[slot]! < 0) slots[slot] = row
    first[row] = slots[slot]!
  }
  return first
}

function hashRow(columns: readonly Column[], row: number): number {
  let hash = 0x811c9dc5
  for (const column of columns) {
    float[0] = column[row]! + 0
    hash = Math.imul(hash ^ words[0]!, 0x01000193)
    hash = Math.imul(hash ^ (hash >>> 15) ^ words[1]!, 0x85ebca6b)
    hash ^= hash >>> 13
  }
  return hash >>> 0
}

function equalRows(columns: readonly Column[], a: number, b: number): boolean {
  for (const column of columns) {
    const [left, right] = [column[a]!, column[b]!]
    if (left !== right && !(Number.isNaN(left) && Number.isNaN(right))) return false
  }
  return true
}
