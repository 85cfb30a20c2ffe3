import type { GroupView, QueuePage, QueueQuery } from '@dengta/sdk'
import { type QueryKey, type UseQueryResult, useQuery } from '@tanstack/react-query'
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

/** The queue stands still under the hands of who works on it; only its length is watched. */
export function useQueue(shown: Partial<QueueQuery>): Queue {
  const { client } = useSession()
  const query = { ...shown, limit: MOST, offset: 0 }
  const answer = useQuery({
    queryKey: ['getTriageQueue', query],
    queryFn: () => client.getTriageQueue(query),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const length = useHouse('getTriageQueue', [{ ...shown, limit: 1, offset: 0 }], { again: () => 10_000 })
  return { answer, groups: answer.data?.groups ?? [], waiting: length.data?.total }
}
