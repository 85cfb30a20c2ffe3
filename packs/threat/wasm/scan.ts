// Finds the values of one JSON line: path, place and kind of each. The twin is src/match/event-scanner.ts.
import { childOf } from './keys'
import { BACKSLASH, BOOLEAN, ESCAPED, FOR_THE_TWIN, FOREIGN, INTEGER, NOT_JSON, NULL, NUMBER, PLAIN, QUOTE, QUOTED, TOO_DEEP } from './layout'

const MAX_DEPTH: i32 = 64
const MAX_NUMBER: usize = 1000
const UNKNOWN_PATH: i32 = -1

/** Where the spans go: paths, starts, ends (32 bits each), kinds (8 bits). */
export let paths: usize = 0
export let starts: usize = 0
export let ends: usize = 0
export let kinds: usize = 0
let most: i32 = 0
/** By path: the number of the event that had it last, and its first value there. */
let seenIn: usize = 0
let firstSpan: usize = 0
/** By path: the number of the event in which it was last an object or a list. */
let nodeIn: usize = 0
let scratch: usize = 0

export let count: i32 = 0
let kind: u8 = 0
let event: i32 = 0
/** Kinds of values met, one bit each. */
let met: u32 = 0
/** Answer below zero, kept while the recursion unwinds. */
let fault: i32 = 0

export function placeSpans(at: usize, atStarts: usize, atEnds: usize, atKinds: usize, capacity: i32): void {
  paths = at
  starts = atStarts
  ends = atEnds
  kinds = atKinds
  most = capacity
}

export function placePaths(atSeenIn: usize, atFirstSpan: usize, atNodeIn: usize, atScratch: usize): void {
  seenIn = atSeenIn
  firstSpan = atFirstSpan
  nodeIn = atNodeIn
  scratch = atScratch
}

/** Kinds met by the last scan: bit k for kind k. */
export function kindsMet(): u32 {
  return met
}

/** Scans [from, to); a line end stands at `to`. The number of values, or why there are none. */
export function scan(from: usize, to: usize, number: i32): i32 {
  count = 0
  met = 0
  event = number
  fault = NOT_JSON
  const begin = skipSpace(from)
  if (load<u8>(begin) != 0x7b) return NOT_JSON
  const end = object(begin, 0, 0)
  if (end == 0) return fault
  return skipSpace(end) >= to ? count : NOT_JSON
}

// @ts-expect-error: AssemblyScript
@inline
function skipSpace(at: usize): usize {
  let c = load<u8>(at)
  while (c == 32 || c == 9 || c == 13) c = load<u8>(++at)
  return at
}

function refuse(why: i32): usize {
  fault = why
  return 0
}

/** `at` is the opening brace; the place behind the closing one, or zero. */
function object(at: usize, path: i32, depth: i32): usize {
  if (depth > MAX_DEPTH) return refuse(TOO_DEEP)
  let i = skipSpace(at + 1)
  if (load<u8>(i) == 0x7d) return i + 1
  while (true) {
    if (load<u8>(i) != QUOTE) return 0
    const end = text(i + 1)
    if (end == 0) return 0
    const child = path == UNKNOWN_PATH ? UNKNOWN_PATH : keyAt(path, i + 1, end)
    if (child == FOR_THE_TWIN) return refuse(FOR_THE_TWIN)
    i = skipSpace(end + 1)
    if (load<u8>(i) != 0x3a) return 0
    i = value(skipSpace(i + 1), child, depth)
    if (i == 0) return 0
    i = skipSpace(i)
    const next = load<u8>(i)
    if (next == 0x7d) return i + 1
    if (next != 0x2c) return 0
    i = skipSpace(i + 1)
  }
}

function array(at: usize, path: i32, depth: i32): usize {
  if (depth > MAX_DEPTH) return refuse(TOO_DEEP)
  let i = skipSpace(at + 1)
  if (load<u8>(i) == 0x5d) return i + 1
  while (true) {
    i = value(i, path, depth)
    if (i == 0) return 0
    i = skipSpace(i)
    const next = load<u8>(i)
    if (next == 0x5d) return i + 1
    if (next != 0x2c) return 0
    i = skipSpace(i + 1)
  }
}

function value(at: usize, path: i32, depth: i32): usize {
  const first = load<u8>(at)
  if (first == QUOTE) {
    const end = text(at + 1)
    if (end == 0) return 0
    return add(path, at + 1, end, kind) ? end + 1 : 0
  }
  if (first == 0x7b) {
    meet(path)
    return object(at, path, depth + 1)
  }
  if (first == 0x5b) {
    meet(path)
    return array(at, path, depth + 1)
  }
  return word(at, path)
}

// @ts-expect-error: AssemblyScript
@inline
function meet(path: i32): void {
  if (path > 0) store<i32>(nodeIn + (<usize>path << 2), event)
}

/** The place of the closing quote, or zero; leaves the kind of the text in `kind`. */
function text(from: usize): usize {
  kind = PLAIN
  let i = from
  while (true) {
    let mask = stops(i)
    while (mask == 0) {
      i += 16
      mask = stops(i)
    }
    i += ctz(mask)
    const stop = load<u8>(i)
    if (stop == QUOTE) return i
    if (stop == BACKSLASH) {
      const escape = kindOfEscape(i + 1)
      if (escape == 0) return 0
      if (escape > kind) kind = escape
      i += 2
    } else if (stop > 127) {
      kind = FOREIGN
      i += 1
    } else return 0
  }
}

/** A bit for each of 16 bytes that may end a text or change its kind: quote, backslash, control, beyond ASCII. */
// @ts-expect-error: AssemblyScript
@inline
function stops(at: usize): i32 {
  const block = v128.load(at)
  const quotes = i8x16.eq(block, i8x16.splat(34))
  const backslashes = i8x16.eq(block, i8x16.splat(92))
  const others = i8x16.lt_s(block, i8x16.splat(32))
  return i8x16.bitmask(v128.or(v128.or(quotes, backslashes), others))
}

function kindOfEscape(at: usize): u8 {
  switch (load<u8>(at)) {
    case 92:
    case 34:
      return QUOTED
    case 47:
    case 98:
    case 102:
    case 110:
    case 114:
    case 116:
      return ESCAPED
    case 117:
      return isHex(at + 1) && isHex(at + 2) && isHex(at + 3) && isHex(at + 4) ? FOREIGN : 0
    default:
      return 0
  }
}

function isHex(at: usize): bool {
  const c = load<u8>(at)
  const letter = c | 32
  return (c >= 48 && c <= 57) || (letter >= 97 && letter <= 102)
}

function word(at: usize, path: i32): usize {
  const first = load<u8>(at)
  if (first == 45 || isDigit(first)) return numberAt(at, path)
  const four = load<u32>(at)
  if (four == 0x6c6c756e && !isLetter(load<u8>(at, 4))) return add(path, at, at + 4, NULL) ? at + 4 : 0
  if (four == 0x65757274 && !isLetter(load<u8>(at, 4))) return add(path, at, at + 4, BOOLEAN) ? at + 4 : 0
  if (four == 0x736c6166 && load<u8>(at, 4) == 101 && !isLetter(load<u8>(at, 5))) return add(path, at, at + 5, BOOLEAN) ? at + 5 : 0
  return 0
}

// @ts-expect-error: AssemblyScript
@inline
function isDigit(c: u8): bool {
  return c >= 48 && c <= 57
}

// @ts-expect-error: AssemblyScript
@inline
function isLetter(c: u8): bool {
  return c >= 97 && c <= 122
}

/** RFC 8259, section 6. Digits alone, at most 15, are exact and stand for themselves: INTEGER. */
function numberAt(at: usize, path: i32): usize {
  let i = at
  if (load<u8>(i) == 45) i += 1
  const whole = i
  while (isDigit(load<u8>(i))) i += 1
  if (i == whole || (load<u8>(whole) == 48 && i - whole > 1)) return 0
  const short = i - at <= 15
  let simple = whole == at
  if (load<u8>(i) == 46) {
    simple = false
    const fraction = ++i
    while (isDigit(load<u8>(i))) i += 1
    if (i == fraction) return 0
  }
  if ((load<u8>(i) | 32) == 101) {
    simple = false
    i += 1
    const sign = load<u8>(i)
    if (sign == 43 || sign == 45) i += 1
    const exponent = i
    while (isDigit(load<u8>(i))) i += 1
    if (i == exponent) return 0
  }
  if (!simple && i - at > MAX_NUMBER) return 0
  return add(path, at, i, short && simple ? INTEGER : NUMBER) ? i : 0
}

/** Names are looked up without their spaces. */
function keyAt(parent: i32, from: usize, to: usize): i32 {
  if (kind != PLAIN) return FOR_THE_TWIN
  const length = <u32>(to - from)
  const child = childOf(parent, from, length)
  if (child != UNKNOWN_PATH) return child
  let kept: u32 = 0
  for (let i = from; i < to; i += 1) {
    const c = load<u8>(i)
    if (c == 32) continue
    store<u8>(scratch + kept, c)
    kept += 1
  }
  return kept == length ? UNKNOWN_PATH : childOf(parent, scratch, kept)
}

// @ts-expect-error: AssemblyScript
@inline
function add(path: i32, start: usize, end: usize, sort: u8): bool {
  if (count == most) {
    fault = FOR_THE_TWIN
    return false
  }
  const place = <usize>count << 2
  store<i32>(paths + place, path)
  store<u32>(starts + place, <u32>start)
  store<u32>(ends + place, <u32>end)
  store<u8>(kinds + count, sort)
  met |= 1 << sort
  if (path > 0 && load<i32>(seenIn + (<usize>path << 2)) != event) {
    store<i32>(seenIn + (<usize>path << 2), event)
    store<i32>(firstSpan + (<usize>path << 2), count)
  }
  count += 1
  return true
}
