import { randomBytes, timingSafeEqual } from 'node:crypto'
import { type Caller, sha256, utf8 } from '@dengta/kernel'
import type { Authenticate } from './http/authorize.ts'

/** The operator's own session on this machine: one token for the life of one server process, never stored in the database. */
export interface Session {
  readonly token: string
  readonly authenticate: Authenticate
}

export interface SessionParts {
  readonly operator: Caller
  /** Finds the participant that the operator acts for, on this machine only. */
  readonly participant: (id: string) => Promise<Caller | undefined>
  /** Tokens that participants hold. */
  readonly tokens: (token: string) => Promise<Caller | undefined>
}

/** Tries the session token first, then the tokens of participants. Acting for another needs the session token. */
export function openSession({ operator, participant, tokens }: SessionParts): Session {
  const token = `dgs_${randomBytes(32).toString('base64url')}`
  const expected = sha256(utf8(token))
  return {
    token,
    authenticate: async (given, actAs) => {
      if (timingSafeEqual(sha256(utf8(given)), expected)) return actAs ? participant(actAs) : operator
      return actAs ? undefined : tokens(given)
    },
  }
}
