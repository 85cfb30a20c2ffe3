import { createHash } from 'node:crypto'

/** Bytes that nothing can compress, the same for the same seed: SHA-256 of a counter. */
export function payload(seed: string, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, at) =>
    createHash('sha256').update(`${seed}:${at}`).digest(),
  )
  return Buffer.concat(blocks).subarray(0, length)
}

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'

/** Text of bytes in a name; base64 as dnsteal writes it, with `/` and `+` replaced, base32 as iodine, or hexadecimal as dnscat2. */
export function encoded(bytes: Buffer, form: 'hex' | 'base32' | 'base64'): string {
  if (form === 'hex') return bytes.toString('hex')
  if (form === 'base64') return bytes.toString('base64url')
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

/** Labels of at most 63 characters. */
export const labels = (text: string): string => (text.match(/.{1,57}/g) ?? []).join('.')
