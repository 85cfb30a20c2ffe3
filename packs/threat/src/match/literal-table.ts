import { buildTrie, type Literal, type Place, type Trie } from './literal-trie.ts'

/** No literal goes on: only in tables of literals that are bound to one end. */
const DEAD = -1
/** Marks a step to a state that reports. */
export const REPORTS = 1 << 30
export const PLACE = REPORTS - 1

/**
 * An automaton over bytes in one array of cells. States stand breadth first, a state is the place of its first cell:
 * - below `denseEnd` a row: the step for each class, then its finding;
 * - from there on four cells: the only class with a step of its own, that step, where every other class goes on, its finding.
 * A step is a place, with REPORTS where something is found there, or DEAD. A finding is a number in `findings`, 0 for none.
 */
export interface LiteralTable {
  readonly cells: Int32Array
  readonly denseEnd: number
  readonly classOf: Uint8Array
  readonly classes: number
  readonly findings: readonly Finding[]
}

/** Ids found on reaching a state, and those found if the value ends there. */
interface Finding {
  readonly reached: readonly number[]
  readonly ended: readonly number[]
}

/** All literals that the rules of one log source seek in one field. */
export interface FieldTables {
  /** Read from the first byte, only as far as some literal goes on. */
  readonly atStart: LiteralTable | undefined
  /** The same from the last byte. */
  readonly atEnd: LiteralTable | undefined
  /** One pass over the whole value. */
  readonly anywhere: LiteralTable | undefined
  /** Ids found in the empty value. */
  readonly empty: readonly number[]
}

export function fieldTables(literals: readonly Literal[]): FieldTables {
  const placed = (...places: Place[]): Literal[] =>
    literals.filter(({ text, place }) => text !== '' && places.includes(place))
  const made = (some: readonly Literal[], kind: Kind): LiteralTable | undefined =>
    some.length > 0 ? layOut(buildTrie(some, kind === 'end'), kind) : undefined
  return {
    atStart: made(placed('starts', 'equals'), 'start'),
    atEnd: made(placed('ends'), 'end'),
    anywhere: made(placed('contains'), 'anywhere'),
    empty: literals.filter(({ text }) => text === '').map(({ id }) => id),
  }
}

export function bytesOf({ atStart, atEnd, anywhere }: FieldTables): number {
  return [atStart, atEnd, anywhere].reduce((sum, table) => sum + (table?.cells.byteLength ?? 0), 0)
}

type Kind = 'start' | 'end' | 'anywhere'

const SPARSE = 4
/** Tables of so few cells have full rows only. */
const SMALL = 1 << 12
const NOTHING: Finding = { reached: [], ended: [] }

function layOut(trie: Trie, kind: Kind): LiteralTable {
  const order = breadthFirst(trie)
  const suffix = kind === 'anywhere' ? suffixes(trie, order) : undefined
  const { placeOf, denseEnd, size } = arrange(trie, order)
  const cells = new Int32Array(size)
  const findings: Finding[] = [NOTHING]
  const found = new Int32Array(trie.states)
  for (const state of order) {
    const finding = findingOf(trie, state, suffix && findings[found[suffix[state] as number] as number])
    if (finding) found[state] = findings.push(finding) - 1
  }
  const stepTo = (state: number): number => (placeOf[state] as number) | (found[state] ? REPORTS : 0)
  const layout: Layout = { trie, cells, placeOf, denseEnd, suffix, stepTo }
  for (const state of order) {
    if ((placeOf[state] as number) < denseEnd) writeRow(layout, state, found[state] as number)
    else writeSparse(layout, state, found[state] as number)
  }
  return { cells, denseEnd, classOf: trie.classOf, classes: trie.classes, findings }
}

interface Layout {
  readonly trie: Trie
  readonly cells: Int32Array
  readonly placeOf: Int32Array
  readonly denseEnd: number
  /** By state: the state of its longest proper suffix (Aho and Corasick 1975); absent where a literal is bound to an end. */
  readonly suffix: Int32Array | undefined
  readonly stepTo: (state: number) => number
}

function writeRow({ trie, cells, placeOf, denseEnd, suffix, stepTo }: Layout, state: number, found: number): void {
  const { classes, firstChild, nextSibling, classOfState } = trie
  const at = placeOf[state] as number
  for (let c = 0; c < classes; c += 1) {
    const root = state === 0 ? 0 : undefined
    cells[at + c] = suffix ? (root ?? stepFrom(cells, placeOf[suffix[state] as number] as number, c, denseEnd)) : DEAD
  }
  for (let child = firstChild[state] as number; child > 0; child = nextSibling[child] as number)
    cells[at + (classOfState[child] as number)] = stepTo(child)
  cells[at + classes] = found
}

function writeSparse({ trie, cells, placeOf, suffix, stepTo }: Layout, state: number, found: number): void {
  const at = placeOf[state] as number
  const child = trie.firstChild[state] as number
  cells[at] = child > 0 ? (trie.classOfState[child] as number) : DEAD
  cells[at + 1] = child > 0 ? stepTo(child) : DEAD
  cells[at + 2] = suffix ? (placeOf[suffix[state] as number] as number) : DEAD
  cells[at + 3] = found
}

/** The step for a class from a state whose cells, and those of its suffixes, are written. */
function stepFrom(cells: Int32Array, place: number, c: number, denseEnd: number): number {
  let at = place
  while (at >= denseEnd) {
    if (cells[at] === c) return cells[at + 1] as number
    at = cells[at + 2] as number
  }
  return cells[at + c] as number
}

/** Every state once, nearest to the root first. */
function breadthFirst({ firstChild, nextSibling, states }: Trie): Int32Array {
  const order = new Int32Array(states)
  let tail = 1
  for (let head = 0; head < tail; head += 1) {
    let child = firstChild[order[head] as number] as number
    for (; child > 0; child = nextSibling[child] as number) order[tail++] = child
  }
  return order
}

function suffixes({ firstChild, nextSibling, classOfState, states }: Trie, order: Int32Array): Int32Array {
  const suffix = new Int32Array(states)
  const childBy = (state: number, c: number): number => {
    let child = firstChild[state] as number
    while (child > 0 && classOfState[child] !== c) child = nextSibling[child] as number
    return child
  }
  for (const state of order) {
    for (let child = firstChild[state] as number; child > 0; child = nextSibling[child] as number) {
      if (state === 0) continue
      const c = classOfState[child] as number
      let back = suffix[state] as number
      while (back > 0 && childBy(back, c) === 0) back = suffix[back] as number
      suffix[child] = childBy(back, c)
    }
  }
  return suffix
}

/** States with one way on take four cells where that is shorter than a row. */
function arrange(trie: Trie, order: Int32Array): { placeOf: Int32Array; denseEnd: number; size: number } {
  const { firstChild, nextSibling, classes, states } = trie
  const row = classes + 1
  const small = states * row <= SMALL
  const branches = (state: number): boolean => (nextSibling[firstChild[state] as number] as number) > 0
  const isDense = (state: number): boolean => small || state === 0 || branches(state)
  const placeOf = new Int32Array(states)
  let at = 0
  for (const state of order) if (isDense(state)) at = place(state, row)
  const denseEnd = at
  for (const state of order) if (!isDense(state)) at = place(state, SPARSE)
  return { placeOf, denseEnd, size: at }

  function place(state: number, length: number): number {
    placeOf[state] = at
    return at + length
  }
}

function findingOf({ ends }: Trie, state: number, behind: Finding | undefined): Finding | undefined {
  const here = ends.get(state) ?? []
  const ids = (equal: boolean): number[] =>
    here.filter(({ place }) => (place === 'equals') === equal).map(({ id }) => id)
  const reached = [...ids(false), ...(behind?.reached ?? [])]
  const ended = ids(true)
  return reached.length + ended.length > 0 ? { reached, ended } : undefined
}
