/** Where in a value a literal must stand. */
export type Place = 'equals' | 'starts' | 'ends' | 'contains'

export interface Literal {
  /** In lower case; compared byte by byte in UTF-8. */
  readonly text: string
  readonly place: Place
  readonly id: number
}

/** What a backslash and one letter stand for in JSON, by letter. */
export const UNESCAPED = new Uint8Array(256)
for (const [letter, char] of Object.entries({ '"': 34, '\\': 92, '/': 47, b: 8, f: 12, n: 10, r: 13, t: 9 })) {
  UNESCAPED[letter.charCodeAt(0)] = char
}

export interface Trie {
  /** next[state * classes + class]; -1 where there is no step. State 0 is the root. */
  readonly next: Int32Array
  readonly states: number
  readonly classes: number
  readonly classOf: Uint8Array
  /** Literals that end in a state, by state. */
  readonly ends: ReadonlyMap<number, readonly Literal[]>
}

interface Encoded {
  readonly literal: Literal
  readonly bytes: Uint8Array
}

/** The trie of some literals, with ASCII case folded; `reversed` reads them from their last byte. */
export function buildTrie(literals: readonly Literal[], reversed = false): Trie {
  const encoded = literals.map((literal): Encoded => {
    const bytes = Buffer.from(literal.text, 'utf8')
    return { literal, bytes: reversed ? bytes.reverse() : bytes }
  })
  encoded.sort((a, b) => Buffer.compare(a.bytes, b.bytes))
  const { classOf, classes } = classesOf(encoded)
  const limit = 1 + encoded.reduce((sum, { bytes }, i) => sum + bytes.length - shared(bytes, encoded[i - 1]?.bytes), 0)
  const next = new Int32Array(limit * classes).fill(-1)
  const ends = new Map<number, Literal[]>()
  let states = 1
  for (const { literal, bytes } of encoded) {
    let state = 0
    for (let i = 0; i < bytes.length; i += 1) {
      const at = state * classes + (classOf[bytes[i] as number] as number)
      if (next[at] === -1) next[at] = states++
      state = next[at] as number
    }
    const here = ends.get(state)
    if (here) here.push(literal)
    else ends.set(state, [literal])
  }
  return { next, states, classes, classOf, ends }
}

/** Bytes that no literal has share class 0; a capital letter has the class of its small one. */
function classesOf(texts: readonly Encoded[]): { classOf: Uint8Array; classes: number } {
  const classOf = new Uint8Array(256)
  let classes = 1
  for (const { bytes } of texts) {
    for (let i = 0; i < bytes.length; i += 1) {
      const byte = bytes[i] as number
      if (classOf[byte] === 0) classOf[byte] = classes++
    }
  }
  for (let letter = 97; letter <= 122; letter += 1) classOf[letter - 32] = classOf[letter] as number
  return { classOf, classes }
}

function shared(a: Uint8Array, b: Uint8Array | undefined): number {
  let i = 0
  while (b !== undefined && i < a.length && a[i] === b[i]) i += 1
  return i
}
