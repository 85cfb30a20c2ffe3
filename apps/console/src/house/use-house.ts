import type { Client } from '@dengta/sdk'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { unlessRefused } from './house-cache.ts'
import { useSession } from './session.tsx'

type Operation = keyof Client
type Asked<O extends Operation> = Awaited<ReturnType<Client[O]>>

interface HouseOptions<T> {
  /** Milliseconds until the next look, or false for none. */
  readonly again?: (data: T | undefined) => number | false
  readonly enabled?: boolean
}

/** Asks one operation of the client and keeps its answer. `words` are its arguments and part of the cache key. */
export function useHouse<O extends Operation>(
  operation: O,
  words: Parameters<Client[O]>,
  options: HouseOptions<Asked<O>> = {},
): UseQueryResult<Asked<O>> {
  const { client } = useSession()
  const call = client[operation] as (...given: Parameters<Client[O]>) => Promise<Asked<O>>
  return useQuery({
    queryKey: [operation, ...words],
    queryFn: () => call(...words),
    enabled: options.enabled ?? true,
    refetchInterval: (query) => unlessRefused(options.again?.(query.state.data) ?? false)(query),
  })
}
