import { utf8 } from '@dengta/kernel'
import { describe, expect, test } from 'vitest'
import {
  decodeEntryBundle,
  encodeEntryBundle,
  parseTilePath,
  type Tile,
  tileNodes,
  tilePath,
  tileWidthAt,
} from './tiles.ts'

describe('paths (C2SP tlog-tiles)', () => {
  const cases: readonly (readonly [string, Tile])[] = [
    ['tile/0/000', { level: 0, index: 0, width: 256 }],
    ['tile/0/x001/067', { level: 0, index: 1067, width: 256 }],
    ['tile/3/x001/x234/067', { level: 3, index: 1_234_067, width: 256 }],
    ['tile/63/255.p/1', { level: 63, index: 255, width: 1 }],
    ['tile/entries/x999/999.p/255', { level: 'entries', index: 999_999, width: 255 }],
  ]

  test.each(cases)('%s is written and read', (path, tile) => {
    expect(tilePath(tile)).toBe(path)
    expect(parseTilePath(path)).toEqual(tile)
  })

  test.each([
    'tile/00/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/0/0',
    'tile/0/0000',
    'tile/0/x000/067',
    'tile/0/001/067',
    'tile/0/x001',
    'tile/0/000.p/0',
    'tile/0/000.p/01',
    'tile/0/000.p/256',
    'tile/0/000/',
    'tile/data/000',
    '/tile/0/000',
    'tile/0/../000',
    `tile/0/${'x999/'.repeat(6)}999`,
  ])('%s is no tile', (path) => {
    expect(parseTilePath(path)).toBeUndefined()
  })
})

test('a tree of 70,000 leaves has the tiles that the specification counts', () => {
  const widths = (level: Tile['level'], count: number) =>
    Array.from({ length: count }, (_, index) => tileWidthAt(70_000, { level, index }))
  expect(widths(0, 275)).toEqual([...Array(273).fill(256), 112, 0])
  expect(widths('entries', 275)).toEqual(widths(0, 275))
  expect(widths(1, 3)).toEqual([256, 17, 0])
  expect(widths(2, 2)).toEqual([1, 0])
  expect(widths(3, 1)).toEqual([0])
  expect(tileWidthAt(256, { level: 1, index: 0 })).toBe(1)
})

test('the hashes of a tile are complete subtrees, eight levels apart', () => {
  expect(tileNodes({ level: 1, index: 2, width: 2 })).toEqual([
    { level: 8, index: 512 },
    { level: 8, index: 513 },
  ])
  expect(tileNodes({ level: 'entries', index: 0, width: 1 })).toEqual([{ level: 0, index: 0 }])
})

describe('entry bundles', () => {
  const entries = [utf8('a'), new Uint8Array(), new Uint8Array(65_535).fill(7)]

  test('read back', () => {
    expect(decodeEntryBundle(encodeEntryBundle(entries))).toEqual(entries)
    expect([...encodeEntryBundle([utf8('ab')])]).toEqual([0, 2, 97, 98])
    expect(decodeEntryBundle(new Uint8Array())).toEqual([])
  })

  test('every truncation inside an entry is refused', () => {
    const bytes = encodeEntryBundle([utf8('ab'), utf8('cde')])
    const outcomes = Array.from(bytes, (_, end) => reads(bytes.subarray(0, end)))
    expect(outcomes).toEqual([true, false, false, false, true, false, false, false, false])
  })

  test('an entry that is too long is refused', () => {
    const tooLong = expect.objectContaining({ code: 'evidence.entry_too_long' })
    expect(() => encodeEntryBundle([new Uint8Array(65_536)])).toThrow(tooLong)
  })

  function reads(bytes: Uint8Array): boolean {
    try {
      decodeEntryBundle(bytes)
      return true
    } catch (thrown) {
      expect(thrown).toMatchObject({ code: 'evidence.bundle_malformed' })
      return false
    }
  }
})
