import { buildTrie, type Literal, UNESCAPED } from './literal-trie.ts'

type Report = (id: number) => void

const BACKSLASH = 92

/** Literals bound to one end of a value: read from that end, and only as far as some literal goes on. */
export class AnchoredLiterals {
  readonly #next: Int32Array
  readonly #classOf: Uint8Array
  readonly #classes: number
  /** Ids by state: what is found on reaching it, and what is found if the value ends there. */
  readonly #onReach: ReadonlyMap<number, Int32Array>
  readonly #atEnd: ReadonlyMap<number, Int32Array>

  /** `fromEnd` takes literals of place `ends`, otherwise `starts` and `equals`. */
  constructor(literals: readonly Literal[], fromEnd: boolean) {
    const trie = buildTrie(literals, fromEnd)
    this.#next = trie.next
    this.#classOf = trie.classOf
    this.#classes = trie.classes
    const byState = (equal: boolean): Map<number, Int32Array> =>
      new Map(
        [...trie.ends]
          .map(([state, found]) => [state, found.filter(({ place }) => (place === 'equals') === equal)] as const)
          .filter(([, found]) => found.length > 0)
          .map(([state, found]) => [state, Int32Array.from(found, ({ id }) => id)]),
      )
    this.#onReach = byState(false)
    this.#atEnd = byState(true)
  }

  get bytes(): number {
    return this.#next.byteLength
  }

  /** Reads bytes[from, to) from its first byte; `escaped` where it is the inside of a JSON text with escapes. */
  scanForward(bytes: Uint8Array, { from, to, escaped }: Range, report: Report): void {
    let state = 0
    let i = from
    for (; i < to; i += 1) {
      let byte = bytes[i] as number
      if (escaped && byte === BACKSLASH) {
        i += 1
        byte = UNESCAPED[bytes[i] as number] as number
      }
      state = this.#next[state * this.#classes + (this.#classOf[byte] as number)] as number
      if (state < 0) return
      tell(this.#onReach.get(state), report)
    }
    tell(this.#atEnd.get(state), report)
  }

  /** Reads bytes[from, to) from its last byte. */
  scanBackward(bytes: Uint8Array, { from, to, escaped }: Range, report: Report): void {
    let state = 0
    let i = to - 1
    while (i >= from) {
      let byte = bytes[i] as number
      if (escaped && isEscaped(bytes, from, i)) {
        byte = UNESCAPED[byte] as number
        i -= 1
      }
      i -= 1
      state = this.#next[state * this.#classes + (this.#classOf[byte] as number)] as number
      if (state < 0) return
      tell(this.#onReach.get(state), report)
    }
  }
}

export interface Range {
  readonly from: number
  readonly to: number
  readonly escaped: boolean
}

function tell(ids: Int32Array | undefined, report: Report): void {
  if (ids) for (let k = 0; k < ids.length; k += 1) report(ids[k] as number)
}

/** True if an odd number of backslashes stands right before the byte. */
function isEscaped(bytes: Uint8Array, from: number, at: number): boolean {
  let i = at - 1
  while (i >= from && bytes[i] === BACKSLASH) i -= 1
  return (at - i) % 2 === 0
}
