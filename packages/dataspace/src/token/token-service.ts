import type { Caller, Clock, Ids, RandomBytes } from '@dengta/kernel'
import { dataspaceErrors } from '../errors.ts'
import { callerOf, checkMayAppoint } from '../participant/participant.ts'
import type { ParticipantStore } from '../participant/participant-store.ts'
import { isUseWorthNoting, newToken, opens, SECRET_BYTES, type Token, tokenIdIn, tokenText } from './token.ts'
import type { TokenStore } from './token-store.ts'

/** What its holder gets at the making, and nobody ever again. */
export interface IssuedToken {
  readonly id: string
  readonly token: string
  readonly participant: string
  readonly expiresAt: Date
}

export interface TokenService {
  /**
   * Valid for 90 days. Throws `dataspace.participant_missing`, `dataspace.not_yours` for another's token, and `dataspace.house_only`
   * where an operator asks for that of another one.
   */
  issue(caller: Caller | undefined, participant: string): Promise<IssuedToken>
  /** Throws `dataspace.token_missing`, also where the token is another's: ids tell nothing. */
  revoke(caller: Caller | undefined, id: string): Promise<void>
  /** Who holds this token; undefined for one that is unknown, revoked or expired. */
  authenticate(token: string): Promise<Caller | undefined>
}

export interface TokenServiceParts {
  readonly participants: ParticipantStore
  readonly tokens: TokenStore
  readonly clock: Clock
  readonly ids: Ids
  readonly random: RandomBytes
}

export function tokenService(parts: TokenServiceParts): TokenService {
  return {
    issue: async (caller, participant) => {
      if (!mayActFor(caller, participant)) throw dataspaceErrors.not_yours({ participant })
      const holder = await parts.participants.find(participant)
      if (!holder) throw dataspaceErrors.participant_missing({ id: participant })
      if (caller?.participant !== participant) checkMayAppoint(caller, holder.roles)
      return issue(parts, participant)
    },
    revoke: async (caller, id) => {
      const token = await parts.tokens.find(id)
      if (token === undefined || !mayActFor(caller, token.participant)) throw dataspaceErrors.token_missing({ id })
      await parts.tokens.revoke(id, parts.clock.now())
    },
    authenticate: async (text) => {
      const token = await findOpened(parts, text)
      return token && holderOf(parts, token)
    },
  }
}

function mayActFor(caller: Caller | undefined, participant: string): boolean {
  return caller !== undefined && (caller.roles.includes('operator') || caller.participant === participant)
}

async function issue({ tokens, clock, ids, random }: TokenServiceParts, participant: string): Promise<IssuedToken> {
  const id = ids.next('tok')
  const text = tokenText(id, random(SECRET_BYTES))
  const token = newToken(text, id, { participant, now: clock.now() })
  await tokens.create(token)
  return { id, token: text, participant, expiresAt: token.expiresAt }
}

async function findOpened({ tokens, clock }: TokenServiceParts, text: string): Promise<Token | undefined> {
  const id = tokenIdIn(text)
  const token = id === undefined ? undefined : await tokens.find(id)
  if (token === undefined || !opens(token, text, clock.now())) return undefined
  if (isUseWorthNoting(token, clock.now())) await tokens.noteUse(token.id, clock.now())
  return token
}

async function holderOf({ participants }: TokenServiceParts, token: Token): Promise<Caller | undefined> {
  const participant = await participants.find(token.participant)
  return participant && callerOf(participant)
}
