// Finds the literals of one evaluator in the values of the scanned line. The twin is src/match/plain-finder.ts.
import { mayHold } from './filter'
import { BACKSLASH, BOOLEAN, ESCAPED, INTEGER, QUOTED } from './layout'
import { beginSlot, endSlot, idCount, idsAt, LONGEST, note, remembers, SHORTEST, slotOf } from './memo'
import { count, ends, kinds, paths, starts } from './scan'

let found: usize = 0
let rulesOf: usize = 0
let announcedIn: usize = 0
let announced: usize = 0
let announcedCount: i32 = 0
let event: i32 = 0
let scratch: usize = 0

/** A value of letters escapes is written here in its canonical form; as large as the longest line. */
export function placeScratch(at: usize): void {
  scratch = at
}

/**
 * Looks for everything that the evaluator seeks, but in values that must be decoded first: those the host hands in by
 * `findIn`. Returns whether a keyword may stand somewhere in [from, to).
 */
export function find(evaluator: usize, number: i32, from: usize, to: usize): bool {
  begin(evaluator, number)
  const fields: usize = load<u32>(evaluator)
  for (let span: i32 = 0; span < count; span += 1) {
    const path = load<i32>(paths + (<usize>span << 2))
    if (path <= 0) continue
    const automata: usize = load<u32>(fields + (<usize>path << 2))
    if (automata != 0) scanSpan(automata, span)
  }
  const keywords = load<u32>(evaluator, 20)
  if (keywords == 0) return false
  const filter = load<u32>(evaluator, 24)
  if (filter != 0 && !mayHold(filter, from, to)) return false
  for (let span: i32 = 0; span < count; span += 1) scanSpan(keywords, span)
  return true
}

/** Looks in one text in canonical form with the automata of a path (0: keywords). */
export function findIn(evaluator: usize, path: i32, from: usize, to: usize): void {
  const fields: usize = load<u32>(evaluator)
  const automata: usize = path == 0 ? load<u32>(evaluator, 20) : load<u32>(fields + (<usize>path << 2))
  if (automata != 0) scanText(automata, from, to)
}

/** Rules announced since the last `find` began. */
export function announcedRules(): i32 {
  return announcedCount
}

function begin(evaluator: usize, number: i32): void {
  found = load<u32>(evaluator, 4)
  rulesOf = load<u32>(evaluator, 8)
  announcedIn = load<u32>(evaluator, 12)
  announced = load<u32>(evaluator, 16)
  announcedCount = 0
  event = number
}

/** `automata` is a list: how many, then their places. */
function scanSpan(automata: usize, span: i32): void {
  const kind = load<u8>(kinds + span)
  const from: usize = load<u32>(starts + (<usize>span << 2))
  const to: usize = load<u32>(ends + (<usize>span << 2))
  if (kind <= QUOTED || kind == INTEGER || kind == BOOLEAN) scanText(automata, from, to)
  else if (kind == ESCAPED) scanText(automata, scratch, canonical(from, to))
}

function scanText(automata: usize, from: usize, to: usize): void {
  const length = to - from
  if (length < SHORTEST || length > LONGEST) return scanThrough(automata, from, to)
  const slot = slotOf(automata, from, length)
  if (remembers(slot, automata, from, length)) return reportAll(idsAt(slot), idCount(slot))
  beginSlot(slot)
  scanThrough(automata, from, to)
  endSlot(automata, from, length)
}

function scanThrough(automata: usize, from: usize, to: usize): void {
  const many = load<u32>(automata)
  for (let k: u32 = 1; k <= many; k += 1) {
    const automaton: usize = load<u32>(automata + (<usize>k << 2))
    const atStart = load<u32>(automaton)
    const atEnd = load<u32>(automaton, 4)
    const anywhere = load<u32>(automaton, 8)
    if (from == to && load<u32>(automaton, 12) != 0) report(load<u32>(automaton, 12))
    if (atStart != 0) scanForward(atStart, from, to)
    if (atEnd != 0) scanBackward(atEnd, from, to)
    if (anywhere != 0) scanForward(anywhere, from, to)
  }
}

/** Writes a text with one-letter escapes to the scratch, only backslash and quote escaped; the place behind its end. */
function canonical(from: usize, to: usize): usize {
  let at = scratch
  for (let i = from; i < to; i += 1) {
    let c = load<u8>(i)
    if (c == BACKSLASH) {
      i += 1
      c = load<u8>(i)
      if (c == 92 || c == 34) store<u8>(at++, BACKSLASH)
      else c = meant(c)
    }
    store<u8>(at++, c)
  }
  return at
}

function meant(letter: u8): u8 {
  switch (letter) {
    case 98:
      return 8
    case 102:
      return 12
    case 110:
      return 10
    case 114:
      return 13
    case 116:
      return 9
    default:
      return letter
  }
}

// A table (src/match/literal-table.ts): its cells, where rows end, classes, findings, the class of each byte.

const REPORTS: i32 = 1 << 30
const CLASSES: usize = 16

function scanForward(table: usize, from: usize, to: usize): void {
  const cells: usize = load<u32>(table)
  const denseEnd = load<i32>(table, 4)
  const classOf = table + CLASSES
  let step: i32 = 0
  for (let i = from; i < to; i += 1) {
    step = stepOf(cells, denseEnd, step & (REPORTS - 1), load<u8>(classOf + load<u8>(i)))
    if (step < 0) return
    if (step >= REPORTS) reportAt(table, step - REPORTS, 0)
  }
  if (step >= REPORTS) reportAt(table, step - REPORTS, 4)
}

function scanBackward(table: usize, from: usize, to: usize): void {
  const cells: usize = load<u32>(table)
  const denseEnd = load<i32>(table, 4)
  const classOf = table + CLASSES
  let step: i32 = 0
  for (let i = to; i > from; ) {
    i -= 1
    step = stepOf(cells, denseEnd, step & (REPORTS - 1), load<u8>(classOf + load<u8>(i)))
    if (step < 0) return
    if (step >= REPORTS) reportAt(table, step - REPORTS, 0)
  }
}

// @ts-expect-error: AssemblyScript
@inline
function stepOf(cells: usize, denseEnd: i32, from: i32, c: i32): i32 {
  let state = from
  while (state >= denseEnd) {
    const cell = cells + (<usize>state << 2)
    if (load<i32>(cell) == c) return load<i32>(cell, 4)
    state = load<i32>(cell, 8)
    if (state < 0) return state
  }
  return load<i32>(cells + (<usize>(state + c) << 2))
}

/** `which` of the two lists of a finding: 0 on reaching the state, 4 if the value ends there. */
function reportAt(table: usize, state: i32, which: usize): void {
  const cells: usize = load<u32>(table)
  const place = state + (state < load<i32>(table, 4) ? load<i32>(table, 8) : 3)
  const finding: usize = load<u32>(cells + (<usize>place << 2))
  const findings: usize = load<u32>(table, 12)
  const list: usize = load<u32>(findings + (finding << 3) + which)
  if (list != 0) report(list)
}

function report(list: usize): void {
  const many = load<u32>(list)
  for (let k: u32 = 1; k <= many; k += 1) {
    const id = load<u32>(list + (<usize>k << 2))
    note(id)
    reportId(id)
  }
}

function reportAll(ids: usize, many: u32): void {
  for (let k: u32 = 0; k < many; k += 1) reportId(load<u32>(ids + (<usize>k << 2)))
}

// @ts-expect-error: AssemblyScript
@inline
function reportId(id: u32): void {
  const stamp = found + (<usize>id << 2)
  if (load<i32>(stamp) == event) return
  store<i32>(stamp, event)
  const rules: usize = load<u32>(rulesOf + (<usize>id << 2))
  if (rules != 0) announce(rules)
}

function announce(rules: usize): void {
  const many = load<u32>(rules)
  for (let k: u32 = 1; k <= many; k += 1) {
    const rule = load<u32>(rules + (<usize>k << 2))
    const stamp = announcedIn + (<usize>rule << 2)
    if (load<i32>(stamp) == event) continue
    store<i32>(stamp, event)
    store<u32>(announced + (<usize>announcedCount << 2), rule)
    announcedCount += 1
  }
}
