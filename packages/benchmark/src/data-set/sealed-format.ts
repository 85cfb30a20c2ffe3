import { z } from 'zod'
import type { CategoryColumn, Table } from './table.ts'

/** A table with its hidden flags, as it is sealed. */
export interface SealedTable {
  readonly table: Table
  /** 1 for each hidden row. */
  readonly hidden: Uint8Array
}

const ALIGN = 8

const header = z.object({
  format: z.literal('dengta-sealed/v1'),
  rows: z.number().int().min(0),
  numbers: z.array(z.string()),
  categories: z.array(z.object({ name: z.string(), labels: z.array(z.string()) })),
})

/**
 * The file in pieces: 4 bytes length of the header, header as JSON, number columns as float64, category codes as int32,
 * flags as bytes; all little-endian, each piece padded to 8 bytes.
 */
export function encodeSealed({ table, hidden }: SealedTable): readonly Uint8Array[] {
  const { rows, numbers, categories } = table
  const text = Buffer.from(
    JSON.stringify({
      format: 'dengta-sealed/v1',
      rows,
      numbers: [...numbers.keys()],
      categories: Array.from(categories, ([name, { labels }]) => ({ name, labels })),
    }),
  )
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, text.length, true)
  return [
    padded(Buffer.concat([length, text])),
    ...Array.from(numbers.values(), bytesOf),
    ...Array.from(categories.values(), ({ codes }) => padded(bytesOf(codes))),
    padded(hidden),
  ]
}

/** Throws on anything that `encodeSealed` does not write. */
export function decodeSealed(file: Uint8Array): SealedTable {
  const bytes = file.byteOffset % ALIGN === 0 ? file : new Uint8Array(file)
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  const { rows, numbers, categories } = header.parse(JSON.parse(Buffer.from(bytes.subarray(4, 4 + length)).toString()))
  let at = bytes.byteOffset + aligned(4 + length)
  const next = (size: number): number => {
    const start = at
    at += aligned(size)
    return start
  }
  const numberColumns = numbers.map((name) => [name, new Float64Array(bytes.buffer, next(8 * rows), rows)] as const)
  const categoryColumns = categories.map(({ name, labels }): [string, CategoryColumn] => [
    name,
    { codes: new Int32Array(bytes.buffer, next(4 * rows), rows), labels },
  ])
  const hidden = new Uint8Array(bytes.buffer, next(rows), rows)
  return { table: { rows, numbers: new Map(numberColumns), categories: new Map(categoryColumns) }, hidden }
}

function bytesOf(values: Float64Array | Int32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}

function padded(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(aligned(bytes.length))
  out.set(bytes)
  return out
}

function aligned(size: number): number {
  return Math.ceil(size / ALIGN) * ALIGN
}
