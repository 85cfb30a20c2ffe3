import type { Clock } from './clock.ts'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** Makes ids such as `sub_01k9x3...`: sortable by time of making, 80 random bits, safe in paths and URLs. */
export interface Ids {
  next(prefix: string): string
}

export type RandomBytes = (count: number) => Uint8Array

export function timeOrderedIds(clock: Clock, random: RandomBytes): Ids {
  return { next: (prefix) => `${prefix}_${encodeTime(clock.now().getTime())}${encodeRandom(random(16))}` }
}

function encodeTime(milliseconds: number): string {
  let rest = milliseconds
  let out = ''
  for (let i = 0; i < 10; i += 1) {
    out = ALPHABET[rest % 32] + out
    rest = Math.floor(rest / 32)
  }
  return out
}

function encodeRandom(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => ALPHABET[byte % 32]).join('')
}
