import { UNESCAPED } from './unescaped.ts'

const QUOTE = 34
const BACKSLASH = 92

/**
 * The form in which literals are sought in values: JSON text in which backslash and quote are escaped and nothing else is.
 * Most raw JSON texts are in it as they stand. One text contains, starts or ends with another just where their canonical
 * forms do: an escape never begins inside another one, because no literal begins with half of one.
 */
export function canonicalText(text: string): string {
  return text.replace(/[\\"]/g, '\\$&')
}

/** The canonical form of a raw JSON text bytes[from, to) with one-letter escapes, in a buffer used again by the next call. */
export function canonicalBytes(bytes: Uint8Array, from: number, to: number): Uint8Array {
  if (scratch.length < to - from) scratch = new Uint8Array(2 * (to - from))
  let length = 0
  for (let i = from; i < to; i += 1) {
    let byte = bytes[i] as number
    if (byte === BACKSLASH) {
      i += 1
      const letter = bytes[i] as number
      if (letter === BACKSLASH || letter === QUOTE) scratch[length++] = BACKSLASH
      byte = UNESCAPED[letter] as number
    }
    scratch[length++] = byte
  }
  return scratch.subarray(0, length)
}

let scratch = new Uint8Array(4096)
