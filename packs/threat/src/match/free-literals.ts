import { buildTrie, type Literal, type Trie, UNESCAPED } from './literal-trie.ts'

type Report = (id: number) => void

const BACKSLASH = 92

/**
 * Literals that may stand anywhere in a value, in one pass (Aho-Corasick as a full table, ASCII case folded).
 * A state is the start of its row; states that report have the highest numbers, so one comparison a byte finds them.
 */
export class FreeLiterals {
  readonly #next: Uint16Array | Uint32Array
  readonly #classOf: Uint8Array
  readonly #classes: number
  readonly #firstReporting: number
  /** Ids by reporting state, counted from the first. */
  readonly #found: readonly Int32Array[]

  constructor(literals: readonly Literal[]) {
    const trie = buildTrie(literals)
    const found = complete(trie)
    const order = reportingLast(trie.states, found)
    this.#classOf = trie.classOf
    this.#classes = trie.classes
    this.#firstReporting = (trie.states - found.size) * trie.classes
    this.#next = renumber(trie, order)
    this.#found = [...found].sort(([a], [b]) => a - b).map(([, ids]) => ids)
  }

  get bytes(): number {
    return this.#next.byteLength
  }

  /** Calls `report` for every literal found in bytes[from, to), perhaps more than once. */
  scan(bytes: Uint8Array, from: number, to: number, report: Report): void {
    const next = this.#next
    const classOf = this.#classOf
    const firstReporting = this.#firstReporting
    let state = 0
    for (let i = from; i < to; i += 1) {
      state = next[state + (classOf[bytes[i] as number] as number)] as number
      if (state >= firstReporting) this.#report(state, report)
    }
  }

  /** The same for the inside of a JSON text whose escapes have one letter. */
  scanEscaped(bytes: Uint8Array, from: number, to: number, report: Report): void {
    const next = this.#next
    const classOf = this.#classOf
    const firstReporting = this.#firstReporting
    let state = 0
    for (let i = from; i < to; i += 1) {
      let byte = bytes[i] as number
      if (byte === BACKSLASH) {
        i += 1
        byte = UNESCAPED[bytes[i] as number] as number
      }
      state = next[state + (classOf[byte] as number)] as number
      if (state >= firstReporting) this.#report(state, report)
    }
  }

  #report(state: number, report: Report): void {
    const ids = this.#found[(state - this.#firstReporting) / this.#classes] as Int32Array
    for (let k = 0; k < ids.length; k += 1) report(ids[k] as number)
  }
}

/** Completes the table breadth first: a missing step continues where the longest proper suffix would. Returns ids by state. */
function complete({ next, states, classes, ends }: Trie): Map<number, Int32Array> {
  const suffix = new Int32Array(states)
  const queue = new Int32Array(states)
  const found = new Map<number, Int32Array>()
  let tail = 0
  for (let c = 0; c < classes; c += 1) {
    if ((next[c] as number) > 0) queue[tail++] = next[c] as number
    else next[c] = 0
  }
  for (let head = 0; head < tail; head += 1) {
    const state = queue[head] as number
    const back = suffix[state] as number
    const ids = [...(ends.get(state) ?? []).map(({ id }) => id), ...(found.get(back) ?? [])]
    if (ids.length > 0) found.set(state, Int32Array.from(ids))
    const row = state * classes
    const backRow = back * classes
    for (let c = 0; c < classes; c += 1) {
      const to = next[row + c] as number
      const otherwise = next[backRow + c] as number
      if (to === -1) next[row + c] = otherwise
      else {
        suffix[to] = otherwise
        queue[tail++] = to
      }
    }
  }
  return found
}

function reportingLast(states: number, found: ReadonlyMap<number, Int32Array>): Int32Array {
  const order = new Int32Array(states)
  let quiet = 0
  let reporting = states - found.size
  for (let state = 0; state < states; state += 1) order[state] = found.has(state) ? reporting++ : quiet++
  return order
}

function renumber({ next, states, classes }: Trie, order: Int32Array): Uint16Array | Uint32Array {
  const size = states * classes
  const table = size <= 0x10000 ? new Uint16Array(size) : new Uint32Array(size)
  for (let state = 0; state < states; state += 1) {
    const row = (order[state] as number) * classes
    const old = state * classes
    for (let c = 0; c < classes; c += 1) table[row + c] = (order[next[old + c] as number] as number) * classes
  }
  return table
}
