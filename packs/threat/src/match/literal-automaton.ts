/** Where in a value a literal must stand. */
export type Place = 'equals' | 'starts' | 'ends' | 'contains'

export interface Literal {
  /** In lower case; compared byte by byte in UTF-8. */
  readonly text: string
  readonly place: Place
  readonly id: number
}

const BACKSLASH = 92
const UNESCAPED = new Uint8Array(256)
for (const [letter, char] of Object.entries({ '"': 34, '\\': 92, '/': 47, b: 8, f: 12, n: 10, r: 13, t: 9 })) {
  UNESCAPED[letter.charCodeAt(0)] = char
}

interface Trie {
  /** next[state * classes + class]; -1 before it is completed. */
  readonly next: Int32Array
  readonly states: number
  readonly classes: number
  /** Literals that end in a state, by state. */
  readonly ends: Map<number, Literal[]>
}

/**
 * All literals of one field in one pass over the value (Aho-Corasick as a full table, ASCII case folded).
 * States that report something on the way have the highest numbers, so one comparison a byte finds them.
 */
export class LiteralAutomaton {
  readonly #next: Uint16Array | Uint32Array
  readonly #classOf: Uint8Array
  readonly #classes: number
  readonly #firstReporting: number
  /** Ids and needed lengths (0: any place) of what a state reports on the way, by state minus #firstReporting. */
  readonly #onTheWay: readonly Int32Array[]
  /** The same for what holds only where the value ends in the state. */
  readonly #atEnd: ReadonlyMap<number, Int32Array>
  readonly #emptyIds: readonly number[]

  constructor(literals: readonly Literal[]) {
    const found = literals.filter((literal) => literal.text !== '')
    this.#emptyIds = literals.filter((literal) => literal.text === '' && literal.place === 'equals').map(({ id }) => id)
    const encoded = found.map((literal) => ({ literal, bytes: Buffer.from(literal.text, 'utf8') }))
    this.#classOf = classesOf(encoded.map(({ bytes }) => bytes))
    this.#classes = 1 + Math.max(0, ...this.#classOf)
    const trie = buildTrie(encoded, this.#classOf, this.#classes)
    const { onTheWay, atEnd } = complete(trie)
    const order = reportingLast(trie.states, onTheWay)
    this.#firstReporting = trie.states - onTheWay.size
    this.#next = renumber(trie, order)
    this.#onTheWay = [...onTheWay].sort(([a], [b]) => (order[a] as number) - (order[b] as number)).map(([, out]) => out)
    this.#atEnd = new Map([...atEnd].map(([state, out]) => [order[state] as number, out]))
  }

  get bytes(): number {
    return this.#next.byteLength
  }

  /** Calls `report` for every literal found in bytes[from, to), perhaps more than once. */
  scan(bytes: Uint8Array, from: number, to: number, report: (id: number) => void): void {
    const next = this.#next
    const classOf = this.#classOf
    const classes = this.#classes
    const firstReporting = this.#firstReporting
    let state = 0
    for (let i = from; i < to; i += 1) {
      state = next[state * classes + (classOf[bytes[i] as number] as number)] as number
      if (state >= firstReporting) this.#report(state, i - from + 1, report)
    }
    this.#reportEnd(state, to - from, report)
  }

  /** The same for the inside of a JSON text whose escapes have one letter. */
  scanEscaped(bytes: Uint8Array, from: number, to: number, report: (id: number) => void): void {
    const next = this.#next
    const classOf = this.#classOf
    const classes = this.#classes
    const firstReporting = this.#firstReporting
    let state = 0
    let skipped = from - 1
    for (let i = from; i < to; i += 1) {
      let byte = bytes[i] as number
      if (byte === BACKSLASH) {
        i += 1
        skipped += 1
        byte = UNESCAPED[bytes[i] as number] as number
      }
      state = next[state * classes + (classOf[byte] as number)] as number
      if (state >= firstReporting) this.#report(state, i - skipped, report)
    }
    this.#reportEnd(state, to - skipped - 1, report)
  }

  #report(state: number, length: number, report: (id: number) => void): void {
    const out = this.#onTheWay[state - this.#firstReporting] as Int32Array
    for (let k = 0; k < out.length; k += 2) {
      if (out[k + 1] === 0 || out[k + 1] === length) report(out[k] as number)
    }
  }

  #reportEnd(state: number, length: number, report: (id: number) => void): void {
    if (length === 0) for (const id of this.#emptyIds) report(id)
    const out = this.#atEnd.get(state)
    if (!out) return
    for (let k = 0; k < out.length; k += 2) {
      if (out[k + 1] === 0 || out[k + 1] === length) report(out[k] as number)
    }
  }
}

/** Bytes that no literal has share class 0; a capital letter has the class of its small one. */
function classesOf(texts: readonly Buffer[]): Uint8Array {
  const classOf = new Uint8Array(256)
  let classes = 1
  for (const text of texts) {
    for (const byte of text) {
      if (classOf[byte] !== 0) continue
      classOf[byte] = classes
      classes += 1
    }
  }
  for (let letter = 97; letter <= 122; letter += 1) classOf[letter - 32] = classOf[letter] as number
  return classOf
}

interface Encoded {
  readonly literal: Literal
  readonly bytes: Buffer
}

function buildTrie(encoded: readonly Encoded[], classOf: Uint8Array, classes: number): Trie {
  const sorted = [...encoded].sort((a, b) => Buffer.compare(a.bytes, b.bytes))
  const limit = 1 + sorted.reduce((sum, { bytes }, i) => sum + bytes.length - shared(bytes, sorted[i - 1]?.bytes), 0)
  const next = new Int32Array(limit * classes).fill(-1)
  const ends = new Map<number, Literal[]>()
  let states = 1
  for (const { literal, bytes } of sorted) {
    let state = 0
    for (const byte of bytes) {
      const at = state * classes + (classOf[byte] as number)
      if (next[at] === -1) next[at] = states++
      state = next[at] as number
    }
    ends.set(state, [...(ends.get(state) ?? []), literal])
  }
  return { next, states, classes, ends }
}

function shared(a: Buffer, b: Buffer | undefined): number {
  let i = 0
  while (b !== undefined && i < a.length && a[i] === b[i]) i += 1
  return i
}

interface Reports {
  readonly onTheWay: Map<number, Int32Array>
  readonly atEnd: Map<number, Int32Array>
}

/** Completes the table breadth first: a missing step continues where the longest proper suffix would. */
function complete({ next, states, classes, ends }: Trie): Reports {
  const suffix = new Int32Array(states)
  const queue = new Int32Array(states)
  let tail = 0
  for (let c = 0; c < classes; c += 1) {
    if ((next[c] as number) > 0) queue[tail++] = next[c] as number
    else next[c] = 0
  }
  const reports: Reports = { onTheWay: new Map(), atEnd: new Map() }
  for (let head = 0; head < tail; head += 1) {
    const state = queue[head] as number
    const back = suffix[state] as number
    addReports(reports, state, back, ends.get(state) ?? [])
    for (let c = 0; c < classes; c += 1) {
      const to = next[state * classes + c] as number
      const otherwise = next[back * classes + c] as number
      if (to === -1) next[state * classes + c] = otherwise
      else {
        suffix[to] = otherwise
        queue[tail++] = to
      }
    }
  }
  return reports
}

function addReports({ onTheWay, atEnd }: Reports, state: number, back: number, own: readonly Literal[]): void {
  const way = own.filter(({ place }) => place === 'contains' || place === 'starts')
  const end = own.filter(({ place }) => place === 'ends' || place === 'equals')
  const inherited = [...(onTheWay.get(back) ?? [])]
  const inheritedEnd = [...(atEnd.get(back) ?? [])]
  if (way.length + inherited.length > 0) onTheWay.set(state, Int32Array.from([...way.flatMap(entry), ...inherited]))
  if (end.length + inheritedEnd.length > 0) atEnd.set(state, Int32Array.from([...end.flatMap(entry), ...inheritedEnd]))
}

/** A literal that begins the value needs the value to be as long as itself when it is found. */
function entry({ id, place, text }: Literal): [number, number] {
  return [id, place === 'starts' || place === 'equals' ? Buffer.byteLength(text, 'utf8') : 0]
}

function reportingLast(states: number, onTheWay: ReadonlyMap<number, Int32Array>): Int32Array {
  const order = new Int32Array(states)
  let quiet = 0
  let reporting = states - onTheWay.size
  for (let state = 0; state < states; state += 1) order[state] = onTheWay.has(state) ? reporting++ : quiet++
  return order
}

function renumber({ next, states, classes }: Trie, order: Int32Array): Uint16Array | Uint32Array {
  const size = states * classes
  const table = states <= 0x10000 ? new Uint16Array(size) : new Uint32Array(size)
  for (let state = 0; state < states; state += 1) {
    const row = (order[state] as number) * classes
    for (let c = 0; c < classes; c += 1) table[row + c] = order[next[state * classes + c] as number] as number
  }
  return table
}
