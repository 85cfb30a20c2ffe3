import { canonicalText } from './canonical-text.ts'

/** Where in a value a literal must stand. */
export type Place = 'equals' | 'starts' | 'ends' | 'contains'

export interface Literal {
  /** In lower case; sought in its canonical form, byte by byte in UTF-8. */
  readonly text: string
  readonly place: Place
  readonly id: number
}

/** A trie in first-child form; state 0 is the root, 0 elsewhere means none. Children stand in the order of their classes. */
export interface Trie {
  readonly states: number
  readonly firstChild: Int32Array
  readonly nextSibling: Int32Array
  /** Class of the byte that leads to a state. */
  readonly classOfState: Uint8Array
  readonly classOf: Uint8Array
  readonly classes: number
  /** Literals that end in a state, by state. */
  readonly ends: ReadonlyMap<number, readonly Literal[]>
}

interface Encoded {
  readonly literal: Literal
  /** Classes of its bytes. */
  readonly steps: Uint8Array
}

/** The trie of some literals, with ASCII case folded; `reversed` reads them from their last byte. */
export function buildTrie(literals: readonly Literal[], reversed = false): Trie {
  const texts = literals.map(({ text }) => {
    const bytes = Buffer.from(canonicalText(text), 'utf8')
    return reversed ? bytes.reverse() : bytes
  })
  const { classOf, classes } = classesOf(texts)
  const encoded = literals.map((literal, i): Encoded => {
    const bytes = texts[i] as Uint8Array
    return { literal, steps: bytes.map((byte) => classOf[byte] as number) }
  })
  encoded.sort((a, b) => Buffer.compare(a.steps, b.steps))
  return { ...grow(encoded), classOf, classes }
}

/** Sorted texts: each shares its path with the one before as far as the two agree, and goes on to the right of it. */
function grow(encoded: readonly Encoded[]): Omit<Trie, 'classOf' | 'classes'> {
  const limit = 1 + encoded.reduce((sum, { steps }) => sum + steps.length, 0)
  const firstChild = new Int32Array(limit)
  const nextSibling = new Int32Array(limit)
  const classOfState = new Uint8Array(limit)
  const ends = new Map<number, Literal[]>()
  let states = 1
  let path: number[] = [0]
  let before: Uint8Array = new Uint8Array()
  for (const { literal, steps } of encoded) {
    const kept = shared(steps, before)
    let left = path[kept + 1] ?? 0
    path = path.slice(0, kept + 1)
    for (let i = kept; i < steps.length; i += 1) {
      const state = states++
      classOfState[state] = steps[i] as number
      if (left > 0) nextSibling[left] = state
      else firstChild[path[i] as number] = state
      path.push(state)
      left = 0
    }
    const end = path.at(-1) as number
    ends.set(end, [...(ends.get(end) ?? []), literal])
    before = steps
  }
  return { states, firstChild, nextSibling, classOfState, ends }
}

/** Bytes that no literal has share class 0; a capital letter has the class of its small one. */
function classesOf(texts: readonly Uint8Array[]): { classOf: Uint8Array; classes: number } {
  const classOf = new Uint8Array(256)
  let classes = 1
  for (const bytes of texts) {
    for (let i = 0; i < bytes.length; i += 1) {
      const byte = bytes[i] as number
      if (classOf[byte] === 0) classOf[byte] = classes++
    }
  }
  for (let letter = 97; letter <= 122; letter += 1) classOf[letter - 32] = classOf[letter] as number
  return { classOf, classes }
}

function shared(a: Uint8Array, b: Uint8Array): number {
  let i = 0
  while (i < a.length && a[i] === b[i]) i += 1
  return i
}
