import { dataSetErrors as errors } from './data-set-errors.ts'

const QUOTE = 0x22
const COMMA = 0x2c
const CR = 0x0d
const LF = 0x0a
const BOM = [0xef, 0xbb, 0xbf]

/** Cells of one record: cell `i` is `bytes[starts[i] .. ends[i]]`, quotes removed. Valid only during the call. */
export interface CsvRecord {
  readonly bytes: Uint8Array
  readonly starts: Int32Array
  readonly ends: Int32Array
  /** Cells found; only the first `starts.length` of them have a place. */
  readonly cells: number
  /** Line of the file on which the record begins, from 1. */
  readonly line: number
  /** A quote stands where RFC 4180 has none, or a quoted cell goes on after its closing quote. */
  readonly misquoted: boolean
}

export interface CsvScannerOptions {
  /** Cells per record that are located; more are counted only. */
  readonly maxCells: number
  /** A longer record is refused with `data_set.record_too_long`: most likely a quote that never closes. */
  readonly maxRecordBytes: number
  readonly onRecord: (record: CsvRecord) => void
}

/** Splits CSV bytes (RFC 4180; LF or CRLF; a leading BOM and blank lines are skipped) as they arrive, in flat memory. */
export class CsvScanner {
  readonly #options: CsvScannerOptions
  readonly #record: { -readonly [K in keyof CsvRecord]: CsvRecord[K] }
  #rest: Uint8Array = new Uint8Array(0)
  #waiting: Uint8Array[] = []
  #waitingBytes = 0
  #begun = false
  #line = 1

  constructor(options: CsvScannerOptions) {
    this.#options = options
    const starts = new Int32Array(options.maxCells)
    const ends = new Int32Array(options.maxCells)
    this.#record = { bytes: this.#rest, starts, ends, cells: 0, line: 1, misquoted: false }
  }

  /** A record that is not complete is looked at again once twice as much of it is there: chunks of one byte take no longer. */
  push(chunk: Uint8Array): void {
    this.#waiting.push(chunk)
    this.#waitingBytes += chunk.length
    const seen = this.#rest.length
    if (this.#waitingBytes < seen && seen + this.#waitingBytes <= this.#options.maxRecordBytes) return
    const bytes = this.#taken()
    if (!this.#begun && bytes.length < BOM.length) {
      this.#rest = bytes
      return
    }
    this.#scan(bytes, false)
    if (this.#rest.length > this.#options.maxRecordBytes)
      throw errors.record_too_long({ line: this.#line, bytes: this.#options.maxRecordBytes })
  }

  end(): void {
    this.#scan(this.#taken(), true)
  }

  /** What is left and what has come since, as bytes of our own. */
  #taken(): Uint8Array {
    const bytes = Buffer.concat([this.#rest, ...this.#waiting])
    this.#waiting = []
    this.#waitingBytes = 0
    return bytes
  }

  #scan(bytes: Uint8Array, last: boolean): void {
    let at = this.#begun ? 0 : skipBom(bytes)
    this.#begun = true
    this.#record.bytes = bytes
    while (at < bytes.length) {
      const next = this.#scanRecord(at, last)
      if (next < 0) break
      at = next
    }
    this.#rest = bytes.subarray(at)
  }

  /** Where the next record begins; -1 where this one is not complete yet. Quoted cells are unquoted in place. */
  #scanRecord(from: number, last: boolean): number {
    const { bytes } = this.#record
    this.#record.cells = 0
    this.#record.misquoted = false
    this.#record.line = this.#line
    const end = findRecordEnd(bytes, from)
    if (end < 0 && !last) return -1
    const stop = end < 0 ? bytes.length : end
    const textEnd = stop > from && bytes[stop - 1] === CR ? stop - 1 : stop
    this.#line += countLines(bytes, from, stop)
    if (textEnd > from) {
      this.#cutCells(from, textEnd)
      this.#options.onRecord(this.#record)
    }
    this.#line += 1
    return stop + 1
  }

  #cutCells(from: number, end: number): void {
    const { bytes } = this.#record
    let at = from
    for (;;) {
      if (bytes[at] === QUOTE && at < end) at = this.#cutQuoted(at, end)
      else at = this.#cutPlain(at, end)
      if (at >= end) return
      at += 1
    }
  }

  #cutPlain(from: number, end: number): number {
    const { bytes } = this.#record
    let at = from
    for (; at < end && bytes[at] !== COMMA; at += 1) if (bytes[at] === QUOTE) this.#record.misquoted = true
    this.#place(from, at)
    return at
  }

  /** `""` inside a quoted cell is one quote; the bytes move left within the cell. */
  #cutQuoted(from: number, end: number): number {
    const { bytes } = this.#record
    let to = from
    let at = from + 1
    for (; at < end; at += 1) {
      if (bytes[at] === QUOTE) {
        if (bytes[at + 1] !== QUOTE || at + 1 >= end) break
        at += 1
      }
      bytes[to] = bytes[at]!
      to += 1
    }
    this.#place(from, to)
    if (at >= end) this.#record.misquoted = true
    at += 1
    for (; at < end && bytes[at] !== COMMA; at += 1) this.#record.misquoted = true
    return at
  }

  #place(start: number, end: number): void {
    const { starts, ends, cells } = this.#record
    if (cells < starts.length) {
      starts[cells] = start
      ends[cells] = end
    }
    this.#record.cells = cells + 1
  }
}

/** The line feed that ends the record, the first one outside quotes; -1 where there is none. A quote opens only where a cell begins. */
function findRecordEnd(bytes: Uint8Array, from: number): number {
  let quoted = false
  let opensAt = from
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at]
    if (quoted) {
      if (byte !== QUOTE) continue
      quoted = false
      opensAt = at + 1
    } else if (byte === QUOTE && at === opensAt) quoted = true
    else if (byte === COMMA) opensAt = at + 1
    else if (byte === LF) return at
  }
  return -1
}

function countLines(bytes: Uint8Array, from: number, to: number): number {
  let lines = 0
  for (let at = bytes.indexOf(LF, from); at >= 0 && at < to; at = bytes.indexOf(LF, at + 1)) lines += 1
  return lines
}

function skipBom(bytes: Uint8Array): number {
  return BOM.every((byte, i) => bytes[i] === byte) ? BOM.length : 0
}
