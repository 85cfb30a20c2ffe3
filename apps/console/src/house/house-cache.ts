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

/** Whoever asks again with the same token is refused again. */
export const isRefusal = (error: Error | null): boolean =>
  error instanceof ApiError && (error.status === 401 || error.status === 403)

/** Milliseconds until the next look; none where that would be refused again. */
export const unlessRefused =
  (again: number | false) =>
  ({ state }: { readonly state: { readonly error: Error | null } }): number | false =>
    isRefusal(state.error) ? false : again

function mayPass(error: Error): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status === 503)
}
