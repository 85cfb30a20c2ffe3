import { concatBytes } from '@dengta/kernel'
import { errors } from './errors.ts'
import type { NodeAt } from './merkle/tree-nodes.ts'

/** Hashes (or entries) in a full tile. */
export const TILE_WIDTH = 256
const TILE_HEIGHT = 8
const MAX_ENTRY_BYTES = 0xffff
const PATH = /^tile\/(entries|[0-9]|[1-5][0-9]|6[0-3])\/((?:x[0-9]{3}\/)*)([0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/

/** A tile of C2SP tlog-tiles: `width` hashes of tile level `level`, or `width` entries. */
export interface Tile {
  readonly level: number | 'entries'
  readonly index: number
  readonly width: number
}

/** `tile/<L>/<N>[.p/<W>]`, with N in groups of three digits such as `x001/x234/067`. */
export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g) ?? []
  const path = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/')
  return `tile/${level}/${path}${width < TILE_WIDTH ? `.p/${width}` : ''}`
}

/** Undefined for anything but the one canonical path of a tile. */
export function parseTilePath(path: string): Tile | undefined {
  const [, level, groups, last, partial] = PATH.exec(path) ?? []
  if (level === undefined || groups === undefined || last === undefined) return undefined
  const index = Number(groups.replaceAll(/[x/]/g, '') + last)
  const width = partial === undefined ? TILE_WIDTH : Number(partial)
  const tile = { level: level === 'entries' ? ('entries' as const) : Number(level), index, width }
  return Number.isSafeInteger(index) && tilePath(tile) === path ? tile : undefined
}

/** How many hashes (or entries) of a tile exist in a tree of `size` leaves, 0 to 256. */
export function tileWidthAt(size: number, { level, index }: Pick<Tile, 'level' | 'index'>): number {
  const row = level === 'entries' ? size : Math.floor(size / TILE_WIDTH ** level)
  return Math.min(Math.max(row - index * TILE_WIDTH, 0), TILE_WIDTH)
}

/** The tree nodes whose hashes make a tile, in order; for `entries` the leaves. */
export function tileNodes({ level, index, width }: Tile): readonly NodeAt[] {
  const treeLevel = level === 'entries' ? 0 : level * TILE_HEIGHT
  return Array.from({ length: width }, (_, i) => ({ level: treeLevel, index: index * TILE_WIDTH + i }))
}

/** Entries with big-endian uint16 length prefixes. Throws `evidence.entry_too_long`. */
export function encodeEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  return concatBytes(...entries.flatMap((entry) => [lengthPrefix(entry.length), entry]))
}

/** Throws `evidence.bundle_malformed` where the bytes end inside an entry. */
export function decodeEntryBundle(bytes: Uint8Array): readonly Uint8Array[] {
  const entries: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = at + 2 + (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)
    if (at + 2 > bytes.length || end > bytes.length) throw errors.bundle_malformed()
    entries.push(bytes.subarray(at + 2, end))
    at = end
  }
  return entries
}

function lengthPrefix(length: number): Uint8Array {
  if (length > MAX_ENTRY_BYTES) throw errors.entry_too_long({ bytes: length })
  return Uint8Array.of(length >> 8, length & 0xff)
}
