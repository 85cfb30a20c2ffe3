const BLOCK = 3
const TABLE = 1 << 15
/** Characters that JSON may write in another way than as themselves. */
const UNSAFE = /[^\x20-\x7e]|["\\/]/

/** ASCII letters to lower case. */
export const FOLD = Uint8Array.from({ length: 256 }, (_, c) => (c >= 65 && c <= 90 ? c + 32 : c))

/**
 * Of each text (in lower case) the longest part that stands in raw JSON just as it is; undefined where there are none, or one
 * of them is too short to be skipped to.
 */
export function piecesOf(texts: readonly string[]): readonly Uint8Array[] | undefined {
  const pieces = texts.map((text) => text.split(UNSAFE).sort((a, b) => b.length - a.length)[0] ?? '')
  if (pieces.length === 0 || pieces.some((piece) => piece.length < BLOCK + 1)) return undefined
  return pieces.map((piece) => Buffer.from(piece, 'latin1'))
}

/**
 * Says whether any of some texts may stand in a range of raw JSON bytes, skipping most of them (Wu and Manber 1994).
 * It never misses a text in ASCII without escapes; it may say yes where there is none.
 */
export class SubstringFilter {
  readonly #shift: Uint8Array
  readonly #window: number
  readonly #heads: ReadonlyMap<number, readonly Uint8Array[]>

  private constructor(pieces: readonly Uint8Array[]) {
    this.#window = Math.min(255, ...pieces.map((piece) => piece.length))
    this.#shift = new Uint8Array(TABLE).fill(this.#window - BLOCK + 1)
    const heads = new Map<number, Uint8Array[]>()
    for (const piece of pieces) {
      for (let end = BLOCK; end <= this.#window; end += 1) {
        const block = blockAt(piece, end - 1)
        this.#shift[block] = Math.min(this.#shift[block] as number, this.#window - end)
        if (end === this.#window) heads.set(block, [...(heads.get(block) ?? []), piece])
      }
    }
    this.#heads = heads
  }

  /** Undefined where nothing can be told beforehand. Texts are in lower case. */
  static of(texts: readonly string[]): SubstringFilter | undefined {
    const pieces = piecesOf(texts)
    return pieces && new SubstringFilter(pieces)
  }

  mayHold(bytes: Uint8Array, from: number, to: number): boolean {
    const shift = this.#shift
    const window = this.#window
    let last = from + window - 1
    while (last < to) {
      const block =
        (((FOLD[bytes[last - 2] as number] as number) << 10) ^
          ((FOLD[bytes[last - 1] as number] as number) << 5) ^
          (FOLD[bytes[last] as number] as number)) &
        (TABLE - 1)
      const step = shift[block] as number
      if (step === 0) {
        if (this.#standsAt(block, bytes, last - window + 1)) return true
        last += 1
      } else last += step
    }
    return false
  }

  #standsAt(block: number, bytes: Uint8Array, at: number): boolean {
    for (const piece of this.#heads.get(block) ?? []) {
      let i = 0
      while (i < piece.length && FOLD[bytes[at + i] as number] === piece[i]) i += 1
      if (i === piece.length) return true
    }
    return false
  }
}

function blockAt(piece: Uint8Array, last: number): number {
  return (
    (((piece[last - 2] as number) << 10) ^ ((piece[last - 1] as number) << 5) ^ (piece[last] as number)) & (TABLE - 1)
  )
}
