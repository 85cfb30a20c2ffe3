import { AppError } from '@dengta/kernel'
import type { SlurmClient } from './slurm-client.ts'

/**
 * Asks by `first`; where its service fails, by `second`. A submission whose answer was lost may have arrived, so it is
 * looked for by name before it is made again.
 */
export function createFallbackClient(first: SlurmClient, second: SlurmClient): SlurmClient {
  async function either<T>(one: () => Promise<T>, other: () => Promise<T>): Promise<T> {
    try {
      return await one()
    } catch (error) {
      if (error instanceof AppError && error.code === 'slurm.rest_failed') return other()
      throw error
    }
  }
  return {
    submit: (request) =>
      either(
        () => first.submit(request),
        async () => {
          const arrived = (await second.jobs()).find(({ name }) => name === request.name)
          return arrived?.id ?? second.submit(request)
        },
      ),
    hold: (id) =>
      either(
        () => first.hold(id),
        () => second.hold(id),
      ),
    release: (id) =>
      either(
        () => first.release(id),
        () => second.release(id),
      ),
    cancel: (id) =>
      either(
        () => first.cancel(id),
        () => second.cancel(id),
      ),
    jobs: () =>
      either(
        () => first.jobs(),
        () => second.jobs(),
      ),
    runs: (query) =>
      either(
        () => first.runs(query),
        () => second.runs(query),
      ),
  }
}
