import type { Scalar } from '../normalise/leaves.ts'
import { canonicalText } from './canonical-text.ts'
import { fold } from './fold.ts'
import { BOOLEAN, ESCAPED, FOREIGN, NULL, PLAIN, QUOTED } from './spans.ts'

interface Value {
  readonly from: number
  readonly to: number
  readonly kind: number
}

/** The value that the bytes of an event stand for. */
export function scalarOf(bytes: Uint8Array, { from, to, kind }: Value): Scalar {
  if (kind === NULL) return null
  if (kind === QUOTED || kind === ESCAPED || kind === FOREIGN) return decodeText(bytes, from, to) ?? ''
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1')
  if (kind === PLAIN) return text
  return kind === BOOLEAN ? text === 'true' : Number(text)
}

/** The text of a value in lower case and canonical form, UTF-8: what literals beyond ASCII or odd numbers are sought in. */
export function foldedBytes(bytes: Uint8Array, value: Value): Uint8Array {
  return Buffer.from(canonicalText(fold(String(scalarOf(bytes, value)))), 'utf8')
}

/** The text between two quotes; undefined where an escape is broken. */
export function decodeText(bytes: Uint8Array, from: number, to: number): string | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8')
  try {
    return JSON.parse(`"${text}"`) as string
  } catch {
    return undefined
  }
}
