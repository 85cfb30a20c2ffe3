import type { GroupView, QueuePage, QueueQuery } from '@dengta/sdk'
import { hashKey, type QueryKey, type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useSession } from '../../house/session.tsx'
import { useHouse } from '../../house/use-house.ts'

const MOST = 200

export interface Queue {
  readonly answer: UseQueryResult<QueuePage>
  readonly groups: readonly GroupView[]
  /** How many wait on the server now. */
  readonly waiting: number | undefined
}

/** Whether a query asks only how many wait: it may be asked again at any time. */
export const isQueueLength = ([operation, query]: QueryKey): boolean =>
  operation === 'getTriageQueue' && (query as QueueQuery | undefined)?.limit === 1

/** Midnight where the reader is, RFC 3339. */
function startOfToday(): string {
  const now = new Date()
  return new Date(now.getFullYear(), now.getMonth(), now.getDate()).toISOString()
}

/** The queue stands still under the hands of who works on it; only its length is watched. Who comes back gets a new one. */
export function useQueue(shown: Partial<QueueQuery>): Queue {
  const { client } = useSession()
  const cache = useQueryClient()
  const [today] = useState(startOfToday)
  const query = { ...shown, limit: MOST, offset: 0, today }
  const queryKey = ['getTriageQueue', query]
  const hash = hashKey(queryKey)
  useEffect(() => () => cache.removeQueries({ predicate: ({ queryHash }) => queryHash === hash }), [cache, hash])
  const answer = useQuery({
    queryKey,
    queryFn: () => client.getTriageQueue(query),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const length = useHouse('getTriageQueue', [{ ...shown, limit: 1, offset: 0 }], { again: () => 10_000 })
  return { answer, groups: answer.data?.groups ?? [], waiting: length.data?.total }
}
