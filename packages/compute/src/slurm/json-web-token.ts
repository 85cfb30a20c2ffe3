import { createHmac } from 'node:crypto'

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token that slurmrestd takes for `user` (claim `sun`, HS256 under the key of auth/jwt). Times in seconds since 1970. */
export function slurmToken(key: Uint8Array, user: string, { now, seconds }: { now: number; seconds: number }): string {
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ iat: now, exp: now + seconds, sun: user })}`
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`
}
