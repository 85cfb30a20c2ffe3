import type { Caller, Role, Route, Text } from '@dengta/kernel'
import { httpErrors } from './http-errors.ts'

/** Finds who holds a token; undefined for a token that is wrong, expired or revoked. */
export type Authenticate = (token: string, actAs: string | undefined) => Promise<Caller | undefined>

export interface Credentials {
  readonly authorization: string | undefined
  /** Only the operator's own session on this machine may act for another participant. */
  readonly actAs: string | undefined
}

/** The first thing that happens to a request: who asks, and may they. Throws, or answers the caller. */
export async function authorize(
  route: Pick<Route, 'allow'>,
  credentials: Credentials,
  authenticate: Authenticate,
): Promise<Caller | undefined> {
  const caller = await identify(credentials, authenticate)
  if (route.allow === 'anyone') return caller
  if (!caller) throw httpErrors.missing_token()
  if (!holdsOne(caller.roles, route.allow)) throw httpErrors.role_needed({ roles: said(route.allow) })
  return caller
}

async function identify(
  { authorization, actAs }: Credentials,
  authenticate: Authenticate,
): Promise<Caller | undefined> {
  if (authorization === undefined) return undefined
  const token = /^Bearer ([A-Za-z0-9_-]{16,200})$/.exec(authorization)?.[1]
  if (!token) throw httpErrors.wrong_token()
  const caller = await authenticate(token, actAs)
  if (caller) return caller
  if (actAs && (await authenticate(token, undefined))) throw httpErrors.may_not_act_for({ participant: actAs })
  throw httpErrors.wrong_token()
}

function holdsOne(held: readonly Role[], wanted: readonly Role[]): boolean {
  return wanted.some((role) => held.includes(role))
}

const ROLE_WORDS: Readonly<Record<Role, Text>> = {
  owner: { en: 'owner', zh: '所有方' },
  developer: { en: 'developer', zh: '开发方' },
  operator: { en: 'operator', zh: '运营方' },
  auditor: { en: 'auditor', zh: '审计方' },
}

const said = (roles: readonly Role[]): Text => ({
  en: roles.map((role) => ROLE_WORDS[role].en).join(', '),
  zh: roles.map((role) => ROLE_WORDS[role].zh).join('、'),
})
