import { ApiError } from '@dengta/sdk'
import { QueryClient } from '@tanstack/react-query'

/** Answers stay fresh for ten seconds. Only what may pass by itself is tried again. */
export function houseCache(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 10_000, retry: (failures, error) => failures < 2 && mayPass(error) },
    },
  })
}

function mayPass(error: Error): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status === 503)
}
