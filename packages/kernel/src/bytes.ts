/** Conversions between bytes and text; work alike in Node and in a browser. */
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export function utf8(text: string): Uint8Array {
  return encoder.encode(text)
}

/** Throws TypeError on bytes that are not UTF-8: silent replacement would hide a forgery. */
export function fromUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}

export function hex(bytes: Uint8Array): string {
  let out = ''
  for (const byte of bytes) out += byte.toString(16).padStart(2, '0')
  return out
}

export function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) throw new TypeError('not lower-case hexadecimal')
  return Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16))
}

export function base64(bytes: Uint8Array): string {
  let binary = ''
  for (let i = 0; i < bytes.length; i += 0x8000) binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return btoa(binary)
}

/** Accepts only the one canonical padded form: two spellings of one value would be two records. Throws TypeError. */
export function fromBase64(text: string): Uint8Array {
  const binary = decodeLoosely(text)
  if (btoa(binary) !== text) throw new TypeError('not canonical base64')
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = binary.charCodeAt(i)
  return bytes
}

/** `atob` throws a DOMException of its own on characters outside the alphabet. */
function decodeLoosely(text: string): string {
  try {
    return atob(text)
  } catch (cause) {
    throw new TypeError('not base64', { cause })
  }
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}
