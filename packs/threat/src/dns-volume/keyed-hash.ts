import { randomInt } from 'node:crypto'

/** 64 bits as two unsigned halves. */
export type Hash = readonly [high: number, low: number]

export function randomKey(): Hash {
  return [randomInt(2 ** 32), randomInt(2 ** 32)]
}

/** Keyed, so that nobody outside can find two names with one hash. Mixing of MurmurHash3 (Appleby), two streams. */
export function keyedHash(text: string, [key, other]: Hash): Hash {
  let high = key
  let low = other
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    high = Math.imul(high ^ Math.imul(code + low, 0xcc9e2d51), 0x1b873593)
    high = (high << 13) | (high >>> 19)
    low = Math.imul(low ^ Math.imul(code + high, 0x85ebca6b), 0xc2b2ae35)
    low = (low << 15) | (low >>> 17)
  }
  return [finish(high ^ text.length), finish(low + high)]
}

function finish(value: number): number {
  let mixed = value ^ (value >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
