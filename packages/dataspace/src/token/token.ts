import { timingSafeEqual } from 'node:crypto'
import { hex, sha256Hex, utf8 } from '@dengta/kernel'

/** A token as the house keeps it: never its text, only the SHA-256 of it. */
export interface Token {
  readonly id: string
  readonly participant: string
  /** SHA-256 of the text, hexadecimal. */
  readonly hash: string
  readonly expiresAt: Date
  readonly revokedAt: Date | undefined
  readonly lastUsedAt: Date | undefined
}

export const SECRET_BYTES = 32
const FORM = /^dgt_(tok_[0-9a-z]{26})_[0-9a-f]{64}$/
const LIFETIME_MS = 90 * 24 * 3600 * 1000
const USE_NOTED_EVERY_MS = 60 * 1000

/** The text that its holder gets, once. `secret` is 32 random bytes. */
export function tokenText(id: string, secret: Uint8Array): string {
  return `dgt_${id}_${hex(secret)}`
}

const hashOf = (text: string): string => sha256Hex(utf8(text))

/** The id in a token's text; undefined for anything that is not a token of this house. */
export function tokenIdIn(text: string): string | undefined {
  return FORM.exec(text)?.[1]
}

export function newToken(text: string, id: string, { participant, now }: { participant: string; now: Date }): Token {
  const expiresAt = new Date(now.getTime() + LIFETIME_MS)
  return { id, participant, hash: hashOf(text), expiresAt, revokedAt: undefined, lastUsedAt: undefined }
}

/** The hashes are compared in constant time, and whatever else is wrong with the token. */
export function opens(token: Token, text: string, now: Date): boolean {
  const isSame = timingSafeEqual(utf8(token.hash), utf8(hashOf(text)))
  return isSame && token.revokedAt === undefined && now < token.expiresAt
}

/** Once a minute is enough: a durable write for each request would cost more than the request. */
export function isUseWorthNoting({ lastUsedAt }: Token, now: Date): boolean {
  return lastUsedAt === undefined || now.getTime() - lastUsedAt.getTime() >= USE_NOTED_EVERY_MS
}
