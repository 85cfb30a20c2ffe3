import { expect, test } from 'vitest'
import { KeyTable } from './key-table.ts'
import { FOREIGN } from './spans.ts'
import { foldedBytes } from './value-text.ts'
import { WasmKit } from './wasm-kit.ts'

const LONGEST = 2 ** 20
const MEMO_BYTES = 2 ** 21

test('the longest value of bytes that are no UTF-8 writes over nothing that lies behind it', () => {
  const kit = WasmKit.open(new KeyTable(['a']))
  if (!kit) throw new Error('no WebAssembly')
  const end = kit.heap.take(0)
  const value = Buffer.alloc(LONGEST, 0xff)
  const placed = kit.placeValue(foldedBytes(value, { from: 0, to: value.length, kind: FOREIGN }))
  expect(placed - kit.valueAt).toBe(3 * LONGEST)
  expect(kit.heap.bytes.subarray(end - MEMO_BYTES, end).every((byte) => byte === 0)).toBe(true)
})
