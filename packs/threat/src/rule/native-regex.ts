import type { RegexFlag } from './value.ts'

/** A pattern for the JavaScript engine that means the same as for RE2 on ASCII text, and what backtracking can cost. */
export interface NativeRegex {
  readonly regex: RegExp
  /** No shorter text matches. */
  readonly minLength: number
  /** Steps at worst to look through a text of so many characters. */
  steps(length: number): number
}

/**
 * Ways to match from one place: at most `ways` x length ^ `open`, where `open` counts repetitions without end. A repetition is
 * taken only of what can match in one way, so the count is a product over the pattern and nothing grows exponentially. One at
 * the very end never gives back: it fails within its least number of steps.
 */
interface Piece {
  readonly source: string
  readonly ways: number
  readonly open: number
  readonly min: number
}

const SPACE = '\\t\\n\\f\\r '
const LETTER = /[A-Za-z0-9]/
const ASCII = /^[\x20-\x7e]$/
const QUANTIFIER = /(?:([*+?])|\{(\d{1,4})(,(\d{1,4})?)?\})\??/y

/** Undefined where the pattern has more than the plain core of both languages, or could backtrack without bound. */
export function nativeRegex(source: string, flags: readonly RegexFlag[]): NativeRegex | undefined {
  if (flags.includes('m')) return undefined
  const inline = source.startsWith('(?i)')
  const reader = new Reader(inline ? source.slice(4) : source, flags.includes('s'))
  const piece = reader.alternatives()
  if (!piece || !reader.atEnd) return undefined
  const regex = new RegExp(piece.source, inline || flags.includes('i') ? 'i' : '')
  return { regex, minLength: piece.min, steps: (length) => piece.ways * length ** (1 + piece.open) }
}

/** Recursive descent; every method answers undefined for what it does not take. */
class Reader {
  readonly #text: string
  readonly #dot: string
  #at = 0

  constructor(text: string, dotAll: boolean) {
    this.#text = text
    this.#dot = dotAll ? '[^]' : '[^\\n]'
  }

  get atEnd(): boolean {
    return this.#at === this.#text.length
  }

  alternatives(): Piece | undefined {
    let all = this.#sequence()
    while (all && this.#skip('|')) {
      const next = this.#sequence()
      all = next && {
        source: `${all.source}|${next.source}`,
        ways: all.ways + next.ways,
        open: Math.max(all.open, next.open),
        min: Math.min(all.min, next.min),
      }
    }
    return all
  }

  #sequence(): Piece | undefined {
    let all: Piece = { source: '', ways: 1, open: 0, min: 0 }
    while (!this.atEnd && this.#text[this.#at] !== '|' && this.#text[this.#at] !== ')') {
      const atom = this.#atom()
      const next = atom && this.#repeated(atom)
      if (!next) return undefined
      all = {
        source: all.source + next.source,
        ways: all.ways * next.ways,
        open: all.open + next.open,
        min: all.min + next.min,
      }
    }
    return all
  }

  #repeated(atom: Piece): Piece | undefined {
    QUANTIFIER.lastIndex = this.#at
    const found = QUANTIFIER.exec(this.#text)
    if (!found) return atom
    this.#at += found[0].length
    const [from, to] = boundsOf(found)
    const source = `${atom.source}${found[0]}`
    const min = atom.min * from
    if (atom.ways === 1 && atom.open === 0) {
      if (to !== undefined) return { source, ways: to - from + 1, open: 0, min }
      return this.atEnd ? { source, ways: Math.max(1, from), open: 0, min } : { source, ways: 1, open: 1, min }
    }
    return to === 1 ? { source, ways: atom.ways + 1, open: atom.open, min } : undefined
  }

  #atom(): Piece | undefined {
    const char = this.#text[this.#at] as string
    this.#at += 1
    if (char === '(') return this.#group()
    if (char === '[') return this.#class()
    if (char === '\\') return this.#escape()
    if (char === '.') return one(this.#dot)
    if (char === '^' || char === '$') return { source: char, ways: 1, open: 0, min: 0 }
    if ('*+?{})]|'.includes(char) || !ASCII.test(char)) return undefined
    return one(escaped(char))
  }

  #group(): Piece | undefined {
    if (this.#text[this.#at] === '?' && !this.#skip('?:')) return undefined
    const inner = this.alternatives()
    return inner && this.#skip(')') ? { ...inner, source: `(?:${inner.source})` } : undefined
  }

  #escape(): Piece | undefined {
    const char = this.#text[this.#at] ?? ''
    this.#at += 1
    if (char === 's') return one(`[${SPACE}]`)
    if (char === 'S') return one(`[^${SPACE}]`)
    if (char === 'b' || char === 'B') return { source: `\\${char}`, ways: 1, open: 0, min: 0 }
    if ('dDwWtnrf'.includes(char) && char) return one(`\\${char}`)
    return ASCII.test(char) && !LETTER.test(char) ? one(escaped(char)) : undefined
  }

  #class(): Piece | undefined {
    const negated = this.#skip('^')
    let source = ''
    for (let first = true; first || this.#text[this.#at] !== ']'; first = false) {
      const from = this.#member()
      if (from === undefined) return undefined
      const isRange = this.#text[this.#at] === '-' && this.#text[this.#at + 1] !== ']'
      if (isRange) this.#at += 1
      const to = isRange ? this.#member() : ''
      if (to === undefined || (isRange && (from.length > 2 || to.length > 2 || isShorthand(from) || isShorthand(to))))
        return undefined
      source += isRange ? `${from}-${to}` : from
    }
    this.#at += 1
    return one(`[${negated ? '^' : ''}${source}]`)
  }

  #member(): string | undefined {
    const char = this.#text[this.#at] ?? ''
    if (!ASCII.test(char) || this.#text.startsWith('[:', this.#at)) return undefined
    this.#at += 1
    if (char !== '\\') return escaped(char)
    const next = this.#text[this.#at] ?? ''
    this.#at += 1
    if (next === 's') return SPACE
    if ('dwtnrf'.includes(next) && next) return `\\${next}`
    return ASCII.test(next) && !LETTER.test(next) ? escaped(next) : undefined
  }

  #skip(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false
    this.#at += text.length
    return true
  }
}

const one = (source: string): Piece => ({ source, ways: 1, open: 0, min: 1 })
const escaped = (char: string): string => (LETTER.test(char) || char === ' ' || char === '_' ? char : `\\${char}`)
const isShorthand = (member: string): boolean => member === '\\d' || member === '\\w'

function boundsOf([, mark, from, comma, to]: RegExpExecArray): [number, number | undefined] {
  if (mark === '*') return [0, undefined]
  if (mark === '+') return [1, undefined]
  if (mark === '?') return [0, 1]
  const least = Number(from)
  if (!comma) return [least, least]
  return [least, to === undefined ? undefined : Number(to)]
}
