/** Symbols of a name: letters, digits, three signs, everything else, and its end. */
const SYMBOLS = 41
const OTHER = 39
const END = 40
/** How much the shorter context counts against what was seen in the longer one. */
const BACKING = 4
/** Counts are halved here, so that what a house asks for may change. */
const FULL = 60_000

export interface NameCodeState {
  readonly none: Uint32Array
  readonly one: Uint32Array
  readonly two: Uint32Array
}

/**
 * How many bits a name carries at most: the length that a lossless code gives it. No code is shorter on average than what
 * was hidden in the names (Shannon 1948), so the shortest of several is a bound (Paxson and others, USENIX Security 2013).
 */
export class NameCode {
  readonly #none: Uint32Array
  readonly #one: Uint32Array
  readonly #two: Uint32Array

  constructor(state?: NameCodeState) {
    this.#none = state?.none ?? new Uint32Array(SYMBOLS + 1)
    this.#one = state?.one ?? new Uint32Array(SYMBOLS * (SYMBOLS + 1))
    this.#two = state?.two ?? new Uint32Array(SYMBOLS * SYMBOLS * (SYMBOLS + 1))
  }

  /** Bits of a new name by the shorter of two codes, and one for which; letters beyond ASCII cost eight more. */
  bits(carried: string): number {
    const lower = carried.toLowerCase()
    return 1 + Math.min(alphabetBits(lower), this.#languageBits(lower)) + caseBits(carried) + foreignBits(lower)
  }

  /** Takes a name into the language of the house. */
  learn(carried: string): void {
    let [before, last] = [END, END]
    for (const symbol of symbolsOf(carried.toLowerCase())) {
      count(this.#none, 0, symbol)
      count(this.#one, last, symbol)
      count(this.#two, before * SYMBOLS + last, symbol)
      before = last
      last = symbol
    }
  }

  save(): NameCodeState {
    return { none: this.#none.slice(), one: this.#one.slice(), two: this.#two.slice() }
  }

  /** Two letters of context, backed by one and by none: the names that people and machines here usually ask for are short in it. */
  #languageBits(lower: string): number {
    let bits = 0
    let [before, last] = [END, END]
    for (const symbol of symbolsOf(lower)) {
      const none = share(this.#none, 0, symbol, 1 / SYMBOLS)
      const one = share(this.#one, last, symbol, none)
      bits -= Math.log2(share(this.#two, before * SYMBOLS + last, symbol, one))
      before = last
      last = symbol
    }
    return bits
  }
}

/** A row has its sum behind its counts. */
function share(counts: Uint32Array, context: number, symbol: number, backed: number): number {
  const row = context * (SYMBOLS + 1)
  return ((counts[row + symbol] as number) + BACKING * backed) / ((counts[row + SYMBOLS] as number) + BACKING)
}

function count(counts: Uint32Array, context: number, symbol: number): void {
  const row = context * (SYMBOLS + 1)
  counts[row + symbol] = (counts[row + symbol] as number) + 1
  counts[row + SYMBOLS] = (counts[row + SYMBOLS] as number) + 1
  if ((counts[row + SYMBOLS] as number) < FULL) return
  let sum = 0
  for (let at = row; at < row + SYMBOLS; at += 1) sum += counts[at] = (counts[at] as number) >> 1
  counts[row + SYMBOLS] = sum
}

function* symbolsOf(lower: string): Generator<number> {
  for (let at = 0; at < lower.length; at += 1) yield symbolOf(lower.charCodeAt(at))
  yield END
}

function symbolOf(code: number): number {
  if (code >= 97 && code <= 122) return code - 97
  if (code >= 48 && code <= 57) return code - 22
  if (code === 45) return 36
  if (code === 95) return 37
  return code === 46 ? 38 : OTHER
}

/** Sizes of alphabets, the smallest first: digits, hexadecimal, letters, letters and digits, all that host names may have, all symbols. */
const ALPHABETS = [
  [/^[0-9]*$/, 10],
  [/^[0-9a-f]*$/, 16],
  [/^[a-z]*$/, 26],
  [/^[0-9a-z]*$/, 36],
  [/^[0-9a-z_-]*$/, 38],
] as const
const ALPHABET_BITS = Math.log2(ALPHABETS.length + 1)
/** A label has up to 63 characters (RFC 1035, 2.3.4). */
const LENGTH_BITS = 6

/** Each label by its length, its alphabet and then evenly: hexadecimal costs four bits a character. */
function alphabetBits(lower: string): number {
  let bits = LENGTH_BITS
  for (const label of lower.split('.')) {
    const size = ALPHABETS.find(([form]) => form.test(label))?.[1] ?? SYMBOLS
    bits += LENGTH_BITS + ALPHABET_BITS + label.length * Math.log2(size)
  }
  return bits
}

/** Case of letters can carry too, a bit each where half of them are capitals. */
function caseBits(carried: string): number {
  const letters = carried.match(/[a-z]/gi)?.length ?? 0
  const capitals = carried.match(/[A-Z]/g)?.length ?? 0
  if (capitals === 0 || capitals === letters) return 0
  const part = capitals / letters
  return Math.log2(letters) - letters * (part * Math.log2(part) + (1 - part) * Math.log2(1 - part))
}

function foreignBits(lower: string): number {
  return 8 * (lower.match(/[^a-z0-9._-]/g)?.length ?? 0)
}
