import { type Client, createClient, type Fetch, type Me, type Role } from '@dengta/sdk'
import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { isRefusal } from './house-cache.ts'

interface Session {
  readonly client: Client
  readonly token: string | undefined
  /** Undefined without a token, while it is being looked up, and where the token is not known. */
  readonly me: Me | undefined
  /** True where the server does not accept the token. */
  readonly refused: boolean
  signIn(token: string): void
  signOut(): void
  may(...roles: readonly Role[]): boolean
}

const Context = createContext<Session | undefined>(undefined)

/** Named to the reader where it does not answer; there is none where no browser is. */
const ORIGIN = globalThis.location?.origin ?? ''

/** Until the next try where the server could not say whose a token is. */
const ASK_AGAIN_MS = 10_000

interface Props {
  readonly initialToken?: string | undefined
  readonly keep?: (token: string | undefined) => void
  readonly fetch?: Fetch
  readonly children: ReactNode
}

export function SessionProvider({ initialToken, keep, fetch, children }: Props) {
  const [token, setToken] = useState(initialToken)
  const cache = useQueryClient()
  const client = useMemo(() => createClient({ baseUrl: ORIGIN, token, ...(fetch ? { fetch } : {}) }), [token, fetch])
  const asked = useQuery({
    queryKey: ['me', token],
    queryFn: token === undefined ? skipToken : client.getMe,
    refetchInterval: ({ state }) => (state.status === 'error' && !isRefusal(state.error) ? ASK_AGAIN_MS : false),
  })
  const change = (next: string | undefined) => {
    keep?.(next)
    setToken(next)
    cache.removeQueries()
  }
  const session: Session = {
    client,
    token,
    me: asked.data,
    refused: token !== undefined && isRefusal(asked.error),
    signIn: change,
    signOut: () => change(undefined),
    may: (...roles) => roles.some((role) => asked.data?.roles.includes(role)),
  }
  return <Context value={session}>{children}</Context>
}

export function useSession(): Session {
  const session = useContext(Context)
  if (!session) throw new TypeError('useSession needs a SessionProvider above it')
  return session
}
