import { expect, test } from 'vitest'
import { commitRows, openRows, verifyOpening } from './commitment.ts'
import { rowBytes } from './row-text.ts'
import { numberTable, sequence } from './sample-table.ts'

const secret = new Uint8Array(32).fill(7)
const random = sequence(5)
const table = numberTable({
  a: Array.from({ length: 101 }, () => random() - 0.5),
  b: Array.from({ length: 101 }, (_, i) => (i === 50 ? Number.NaN : -0)),
})
const rows = { rows: table.rows, bytesOf: rowBytes(table, ['a', 'b']) }
const hidden = Uint8Array.from({ length: 101 }, (_, row) => Number(row % 3 === 0))
const root = commitRows(secret, rows, hidden)

test('row bytes are canonical JSON, minus zero and missing cells included', () => {
  const a = table.numbers.get('a')!
  expect(new TextDecoder().decode(rows.bytesOf(0))).toBe(`[${JSON.stringify(a[0])},0]`)
  expect(new TextDecoder().decode(rows.bytesOf(50))).toBe(`[${JSON.stringify(a[50])},null]`)
})

test('every row opens, and only at its place and with its own bytes', () => {
  const openings = openRows(
    secret,
    rows,
    Array.from({ length: 101 }, (_, i) => i),
  )
  for (const [row, opening] of openings.entries()) {
    expect(verifyOpening(opening, root.all, 101)).toBe(true)
    expect(verifyOpening({ ...opening, row: (row + 1) % 101 }, root.all, 101)).toBe(false)
    expect(verifyOpening({ ...opening, bytes: openings[(row + 1) % 101]!.bytes }, root.all, 101)).toBe(false)
  }
  expect(verifyOpening({ ...openings[0]!, salt: 'not base64' }, root.all, 101)).toBe(false)
  expect(verifyOpening(openings[0]!, root.hidden, 101)).toBe(false)
})

test('another secret or one changed cell gives other roots', () => {
  const roots = new Set([root.all, root.hidden])
  const other = commitRows(new Uint8Array(32).fill(8), rows, hidden)
  const changed = numberTable({ a: [...table.numbers.get('a')!].with(99, 1), b: [...table.numbers.get('b')!] })
  const moved = commitRows(secret, { rows: 101, bytesOf: rowBytes(changed, ['a', 'b']) }, hidden)
  for (const found of [other.all, other.hidden, moved.all, moved.hidden]) roots.add(found)
  expect(roots.size).toBe(6)
})

test('equal rows have different leaves: a root does not tell that rows repeat', () => {
  const same = { rows: 2, bytesOf: () => new Uint8Array([1]) }
  const [first, second] = openRows(secret, same, [0, 1])
  expect(first?.salt).not.toBe(second?.salt)
  expect(first?.path).not.toEqual(second?.path)
})
