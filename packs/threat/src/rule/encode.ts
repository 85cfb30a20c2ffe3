import { Buffer } from 'node:buffer'
import { escapedText, isLiteral, type Pattern } from './pattern.ts'

const OFFSET_STARTS = [0, 2, 3] as const
const OFFSET_ENDS = [0, 3, 2] as const

export type Wide = 'utf16le' | 'utf16be' | 'utf16'

/**
 * Spreads each character over two as UTF-16 does, so that base64 sees the bytes.
 * Undefined where a byte has no one-byte UTF-8 form: pySigma refuses those as well.
 */
export function widen(literal: string, form: Wide): string | undefined {
  const bytes = Buffer.from(literal, 'utf16le')
  if (form === 'utf16be') bytes.swap16()
  if (bytes.some((byte) => byte > 0x7f)) return undefined
  const text = bytes.toString('latin1')
  return form === 'utf16' ? `\ufeff${text}` : text
}

/** The bytes behind a pattern without wildcards. */
function bytesOf(pattern: Pattern): Buffer | undefined {
  return isLiteral(pattern) ? Buffer.from(escapedText(pattern), 'utf8') : undefined
}

export function encodeBase64(pattern: Pattern): string | undefined {
  return bytesOf(pattern)?.toString('base64')
}

/**
 * The three texts one of which appears when the value lies anywhere inside base64-encoded data.
 * The end is cut by the number of characters, not bytes, as pySigma does (decision 0011): equal for ASCII without wildcards.
 */
export function encodeBase64Offsets(pattern: Pattern): string[] | undefined {
  const bytes = bytesOf(pattern)
  if (!bytes) return undefined
  const length = [...pattern.join('')].length
  return [0, 1, 2].map((offset) => encodedAt(bytes, length, offset))
}

function encodedAt(bytes: Buffer, length: number, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset, ' '), bytes]).toString('base64')
  const cut = OFFSET_ENDS[(length + offset) % 3] as number
  return text.slice(OFFSET_STARTS[offset], text.length - cut)
}
