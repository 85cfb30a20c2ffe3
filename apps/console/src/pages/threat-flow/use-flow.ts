import type { FlowView } from '@dengta/sdk'
import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import { unlessRefused } from '../../house/house-cache.ts'
import { useSession } from '../../house/session.tsx'
import { mergeSeconds } from './flow-ring.ts'

const KEY = ['flow', 'live'] as const

/** The flow, asked for once a second with only the seconds that are new; every three seconds while nothing is connected. */
export function useFlow(): UseQueryResult<FlowView> {
  const { client } = useSession()
  const cache = useQueryClient()
  return useQuery({
    queryKey: KEY,
    queryFn: async () => {
      const before = cache.getQueryData<FlowView>(KEY)?.seconds ?? []
      const answer = await client.getThreatFlow({ since: before.at(-1)?.second ?? 0 })
      return { ...answer, seconds: [...mergeSeconds(before, answer.seconds)] }
    },
    refetchInterval: (query) => unlessRefused(query.state.data?.state === 'off' ? 3000 : 1000)(query),
  })
}
