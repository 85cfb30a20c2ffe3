import { type KeyTable, ROOT, UNKNOWN_PATH } from './key-table.ts'

import { BOOLEAN, ESCAPED, FOREIGN, INTEGER, NULL, NUMBER, PLAIN, QUOTED, type ScanFault, type Spans } from './spans.ts'
import { decodeText } from './value-text.ts'

const MAX_DEPTH = 64
const QUOTE = 34
const BACKSLASH = 92
const FAULT = -1
const TOO_DEEP = -2

const STOPS = Uint8Array.from({ length: 256 }, (_, c) => (c === QUOTE || c === BACKSLASH || c < 32 || c > 127 ? 1 : 0))
const NUMERIC = Uint8Array.from({ length: 256 }, (_, c) => (/[-+.0-9eE]/.test(String.fromCharCode(c)) ? 1 : 0))
const HEX = Uint8Array.from({ length: 256 }, (_, c) => (/[0-9a-fA-F]/.test(String.fromCharCode(c)) ? 1 : 0))
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/
const MAX_NUMBER = 1000
const INTEGER_DIGITS = 15
/** The kind that a text has at least, by the letter behind a backslash; 0 where that letter is not allowed. */
const KIND_OF_ESCAPE = Uint8Array.from({ length: 256 }, (_, c) => {
  const letter = String.fromCharCode(c)
  if ('"\\'.includes(letter)) return QUOTED
  if ('/bfnrt'.includes(letter)) return ESCAPED
  return letter === 'u' ? FOREIGN : 0
})

/**
 * Finds the values of one JSON line in its bytes without building objects: path, place and kind of each.
 * The arrays hold `count` entries after `scan`; text spans exclude the quotes.
 */
export class EventScanner implements Spans {
  count = 0
  met = 0
  /** The line scanned last. */
  from = 0
  to = 0
  paths = new Int32Array(256)
  starts = new Int32Array(256)
  ends = new Int32Array(256)
  kinds = new Uint8Array(256)
  /** Known paths that are objects or lists. */
  nodes: number[] = []
  readonly #keys: KeyTable
  bytes: Uint8Array = new Uint8Array(1)
  #kind = PLAIN

  constructor(keys: KeyTable) {
    this.#keys = keys
  }

  /** Scans bytes[from, to); bytes[to] must exist and be a line end. Undefined where the line is an event. */
  scan(bytes: Uint8Array, from: number, to: number): ScanFault | undefined {
    this.bytes = bytes
    this.from = from
    this.to = to
    this.count = 0
    this.met = 0
    this.nodes = []
    const begin = this.#skipSpace(from)
    if (bytes[begin] !== 123) return 'not_json'
    const end = this.#object(begin, ROOT, 0)
    if (end < 0) return end === TOO_DEEP ? 'too_deep' : 'not_json'
    return this.#skipSpace(end) >= to ? undefined : 'not_json'
  }

  #skipSpace(at: number): number {
    const bytes = this.bytes
    let i = at
    while (bytes[i] === 32 || bytes[i] === 9 || bytes[i] === 13) i += 1
    return i
  }

  /** `at` is the opening brace; returns the place behind the closing one, or a fault below zero. */
  #object(at: number, path: number, depth: number): number {
    if (depth > MAX_DEPTH) return TOO_DEEP
    const bytes = this.bytes
    let i = this.#skipSpace(at + 1)
    if (bytes[i] === 125) return i + 1
    for (;;) {
      if (bytes[i] !== QUOTE) return FAULT
      const end = this.#text(i + 1)
      if (end < 0) return FAULT
      const child = path === UNKNOWN_PATH ? UNKNOWN_PATH : this.#keyAt(path, i + 1, end)
      i = this.#skipSpace(end + 1)
      if (bytes[i] !== 58) return FAULT
      i = this.#value(this.#skipSpace(i + 1), child, depth)
      if (i < 0) return i
      i = this.#skipSpace(i)
      if (bytes[i] === 125) return i + 1
      if (bytes[i] !== 44) return FAULT
      i = this.#skipSpace(i + 1)
    }
  }

  #array(at: number, path: number, depth: number): number {
    if (depth > MAX_DEPTH) return TOO_DEEP
    const bytes = this.bytes
    let i = this.#skipSpace(at + 1)
    if (bytes[i] === 93) return i + 1
    for (;;) {
      i = this.#value(i, path, depth)
      if (i < 0) return i
      i = this.#skipSpace(i)
      if (bytes[i] === 93) return i + 1
      if (bytes[i] !== 44) return FAULT
      i = this.#skipSpace(i + 1)
    }
  }

  #value(at: number, path: number, depth: number): number {
    const first = this.bytes[at]
    if (first === QUOTE) {
      const end = this.#text(at + 1)
      if (end < 0) return FAULT
      this.#add(path, at + 1, end, this.#kind)
      return end + 1
    }
    if (first !== 123 && first !== 91) return this.#word(at, path)
    if (path > ROOT) this.nodes.push(path)
    return first === 123 ? this.#object(at, path, depth + 1) : this.#array(at, path, depth + 1)
  }

  /** Returns the place of the closing quote and leaves the kind of the text in #kind. */
  #text(from: number): number {
    const bytes = this.bytes
    this.#kind = PLAIN
    let i = from
    for (;;) {
      while (STOPS[bytes[i] as number] === 0) i += 1
      const stop = bytes[i] as number
      if (stop === QUOTE) return i
      if (stop === BACKSLASH) {
        const kind = KIND_OF_ESCAPE[bytes[i + 1] as number] as number
        if (kind === 0 || (kind === FOREIGN && !isHex4(bytes, i + 2))) return FAULT
        if (kind > this.#kind) this.#kind = kind
        i += 2
      } else if (stop > 127) {
        this.#kind = FOREIGN
        i += 1
      } else return FAULT
    }
  }

  #word(at: number, path: number): number {
    const bytes = this.bytes
    const first = bytes[at] as number
    let i = at
    if (first === 45 || (first >= 48 && first <= 57)) {
      while (NUMERIC[bytes[i] as number] === 1) i += 1
      const kind = kindOfNumber(bytes, at, i)
      if (kind === FAULT) return FAULT
      this.#add(path, at, i, kind)
      return i
    }
    while ((bytes[i] as number) >= 97 && (bytes[i] as number) <= 122) i += 1
    const word = String.fromCharCode(...bytes.subarray(at, Math.min(i, at + 6)))
    if (word !== 'null' && word !== 'true' && word !== 'false') return FAULT
    this.#add(path, at, i, word === 'null' ? NULL : BOOLEAN)
    return i
  }

  #keyAt(parent: number, from: number, to: number): number {
    const bytes = this.bytes
    if (this.#kind === PLAIN) {
      const child = this.#keys.child(parent, bytes, from, to)
      if (child !== UNKNOWN_PATH || !hasSpace(bytes, from, to)) return child
    }
    const plain = Buffer.from((decodeText(bytes, from, to) ?? '').replaceAll(' ', ''))
    return this.#keys.child(parent, plain, 0, plain.length)
  }

  #add(path: number, start: number, end: number, kind: number): void {
    if (this.count === this.paths.length) this.#grow()
    this.paths[this.count] = path
    this.starts[this.count] = start
    this.ends[this.count] = end
    this.kinds[this.count] = kind
    this.met |= 1 << kind
    this.count += 1
  }

  #grow(): void {
    const longer = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const next = new Int32Array(old.length * 2)
      next.set(old)
      return next
    }
    this.paths = longer(this.paths)
    this.starts = longer(this.starts)
    this.ends = longer(this.ends)
    const kinds = new Uint8Array(this.kinds.length * 2)
    kinds.set(this.kinds)
    this.kinds = kinds
  }
}

function isHex4(bytes: Uint8Array, at: number): boolean {
  for (let i = at; i < at + 4; i += 1) if (HEX[bytes[i] as number] !== 1) return false
  return true
}

/** RFC 8259, section 6; plain digits are passed without making a string of them. */
function kindOfNumber(bytes: Uint8Array, from: number, to: number): number {
  let i = from
  while (i < to && (bytes[i] as number) >= 48 && (bytes[i] as number) <= 57) i += 1
  const simple = i === to && (bytes[from] !== 48 || to - from === 1)
  if (simple) return to - from <= INTEGER_DIGITS ? INTEGER : NUMBER
  const grammar = to - from <= MAX_NUMBER && JSON_NUMBER.test(String.fromCharCode(...bytes.subarray(from, to)))
  return grammar ? NUMBER : FAULT
}

function hasSpace(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i += 1) if (bytes[i] === 32) return true
  return false
}
