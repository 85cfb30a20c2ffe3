import * as types from './value-types.ts'

export type Scalar = string | number | boolean
export type Value = Scalar | readonly Scalar[]

/** Where a value lies in its chunk. */
export interface ValueSpan {
  readonly type: number
  readonly from: number
  readonly size: number
}

type Reader = (chunk: Buffer, from: number, size: number) => Scalar

/** FILETIME of 1970-01-01 in units of 100 ns. */
const UNIX_EPOCH = 116_444_736_000_000_000n
const TICKS = 10_000_000n

const READERS: ReadonlyMap<number, Reader> = new Map<number, Reader>([
  [types.STRING, utf16],
  [types.ANSI_STRING, (chunk, from, size) => withoutNul(chunk.toString('latin1', from, from + size))],
  [types.INT8, (chunk, from) => chunk.readInt8(from)],
  [types.UINT8, (chunk, from) => chunk.readUInt8(from)],
  [types.INT16, (chunk, from) => chunk.readInt16LE(from)],
  [types.UINT16, (chunk, from) => chunk.readUInt16LE(from)],
  [types.INT32, (chunk, from) => chunk.readInt32LE(from)],
  [types.UINT32, (chunk, from) => chunk.readUInt32LE(from)],
  [types.INT64, (chunk, from) => exact(chunk.readBigInt64LE(from))],
  [types.UINT64, (chunk, from) => exact(chunk.readBigUInt64LE(from))],
  [types.REAL32, (chunk, from) => finite(chunk.readFloatLE(from))],
  [types.REAL64, (chunk, from) => finite(chunk.readDoubleLE(from))],
  [types.BOOLEAN, (chunk, from) => chunk.readUInt32LE(from) !== 0],
  [types.GUID, guid],
  [types.SIZE, (chunk, from, size) => (size === 4 ? hex32(chunk, from) : hex64(chunk, from))],
  [types.FILETIME, fileTime],
  [types.SYSTEM_TIME, systemTime],
  [types.SID, sid],
  [types.HEX_INT32, hex32],
  [types.HEX_INT64, hex64],
  [types.XML_TEXT, utf16],
])

/** Bytes of a member of an array; strings end at their NUL instead. */
const MEMBER_SIZES: ReadonlyMap<number, number> = new Map([
  ...[types.INT8, types.UINT8].map((type) => [type, 1] as const),
  ...[types.INT16, types.UINT16].map((type) => [type, 2] as const),
  ...[types.INT32, types.UINT32, types.REAL32, types.BOOLEAN, types.HEX_INT32].map((type) => [type, 4] as const),
  ...[types.INT64, types.UINT64, types.REAL64, types.FILETIME, types.HEX_INT64].map((type) => [type, 8] as const),
  ...[types.GUID, types.SYSTEM_TIME].map((type) => [type, 16] as const),
])

/**
 * Reads any value but binary XML; undefined for no value. Integers that a JSON number would round are text; bytes and
 * values of unknown type are hexadecimal. Throws RangeError where the value does not fit its size or the chunk.
 */
export function readValue(chunk: Buffer, { type, from, size }: ValueSpan): Value | undefined {
  if (from + size > chunk.length) throw new RangeError('a value goes beyond its chunk')
  if (type === types.NULL_TYPE) return undefined
  if ((type & types.ARRAY) !== 0) return readArray(chunk, { type: type & ~types.ARRAY, from, size })
  if (size === 0) return ''
  const read = READERS.get(type)
  if (size < (MEMBER_SIZES.get(type) ?? 0)) throw new RangeError('a value is too short for its type')
  return read ? read(chunk, from, size) : chunk.toString('hex', from, from + size).toUpperCase()
}

function readArray(chunk: Buffer, { type, from, size }: ValueSpan): readonly Scalar[] {
  if (type === types.STRING) return members(chunk.toString('utf16le', from, from + size))
  if (type === types.ANSI_STRING) return members(chunk.toString('latin1', from, from + size))
  const read = READERS.get(type)
  if (type === types.SID) return readSids(chunk, from, from + size)
  const each = MEMBER_SIZES.get(type)
  if (!read || each === undefined) return [chunk.toString('hex', from, from + size).toUpperCase()]
  return Array.from({ length: Math.floor(size / each) }, (_, index) => read(chunk, from + index * each, each))
}

const members = (text: string): string[] => text.replace(/\0$/, '').split('\0')

function readSids(chunk: Buffer, from: number, to: number): string[] {
  const found: string[] = []
  for (let at = from; at + 8 <= to; at += 8 + 4 * chunk.readUInt8(at + 1)) found.push(sid(chunk, at, to - at))
  return found
}

function utf16(chunk: Buffer, from: number, size: number): string {
  return withoutNul(chunk.toString('utf16le', from, from + size))
}

const withoutNul = (text: string): string => (text.endsWith('\0') ? text.replace(/\0+$/, '') : text)

const exact = (value: bigint): Scalar => (Number.isSafeInteger(Number(value)) ? Number(value) : String(value))

const finite = (value: number): Scalar => (Number.isFinite(value) ? value : String(value))

function guid(chunk: Buffer, from: number): string {
  const hex = (start: number, length: number): string => chunk.toString('hex', from + start, from + start + length)
  const first = chunk.readUInt32LE(from).toString(16).padStart(8, '0')
  const [second, third] = [4, 6].map((at) =>
    chunk
      .readUInt16LE(from + at)
      .toString(16)
      .padStart(4, '0'),
  )
  return `{${first}-${second}-${third}-${hex(8, 2)}-${hex(10, 6)}}`.toUpperCase()
}

function hex32(chunk: Buffer, from: number): string {
  return `0x${chunk.readUInt32LE(from).toString(16)}`
}

function hex64(chunk: Buffer, from: number): string {
  return `0x${chunk.readBigUInt64LE(from).toString(16)}`
}

function fileTime(chunk: Buffer, from: number): string {
  const ticks = chunk.readBigUInt64LE(from) - UNIX_EPOCH
  const fraction = ((ticks % TICKS) + TICKS) % TICKS
  const seconds = Number((ticks - fraction) / TICKS)
  return `${new Date(seconds * 1000).toISOString().slice(0, -5)}.${String(fraction).padStart(7, '0')}Z`
}

function systemTime(chunk: Buffer, from: number): string {
  const [year, month, , day, hour, minute, second, milli] = Array.from({ length: 8 }, (_, index) =>
    chunk.readUInt16LE(from + 2 * index),
  ) as [number, number, number, number, number, number, number, number]
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second, milli)).toISOString()
}

function sid(chunk: Buffer, from: number, size: number): string {
  if (size < 8) throw new RangeError('a SID is too short')
  const parts = chunk.readUInt8(from + 1)
  if (8 + 4 * parts > size) throw new RangeError('a SID is longer than its value')
  const subs = Array.from({ length: parts }, (_, index) => chunk.readUInt32LE(from + 8 + 4 * index))
  return ['S', chunk.readUInt8(from), chunk.readUIntBE(from + 2, 6), ...subs].join('-')
}
