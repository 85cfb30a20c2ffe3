import { AppError, type Clock } from '@dengta/kernel'
import { readComment } from './job-comment.ts'
import type { JobRequest, SlurmClient } from './slurm-client.ts'

/**
 * Asks by REST, and where that fails by commands. Lists go the other way round: squeue answers 550 jobs in a tenth of the
 * time that slurmrestd takes under load, and sacct takes a list of numbers, which slurmrestd does not. A submission whose answer
 * was lost may have arrived, so it is looked for by name, among jobs of the house, before it is made again.
 */
export function createFallbackClient(rest: SlurmClient, commands: SlurmClient, clock: Clock): SlurmClient {
  const surely: SlurmClient = { ...commands, submit: (request) => submitUnlessArrived(commands, request) }
  let silentUntil = 0
  async function byRest<T>(ask: (client: SlurmClient) => Promise<T>): Promise<T> {
    if (clock.now().getTime() < silentUntil) return ask(surely)
    return ask(rest).catch((error: unknown) => {
      if (codeOf(error) === SILENT) silentUntil = clock.now().getTime() + LEFT_ALONE_MS
      return unlessFailed(error, () => ask(surely))
    })
  }
  return {
    submit: (request) => byRest((client) => client.submit(request)),
    hold: (id) => byRest((client) => client.hold(id)),
    release: (id) => byRest((client) => client.release(id)),
    cancel: (id) => byRest((client) => client.cancel(id)),
    jobs: (whose) => commands.jobs(whose).catch((error: unknown) => unlessFailed(error, () => rest.jobs(whose))),
    runs: (query) => commands.runs(query).catch((error: unknown) => unlessFailed(error, () => rest.runs(query))),
  }
}

const SILENT = 'slurm.rest_silent'

const FAILED: ReadonlySet<string | undefined> = new Set([SILENT, 'slurm.rest_failed', 'slurm.command_failed'])

/** A service that gives no answer costs each change its time-out, for which a cut might wait: it is left alone so long. */
const LEFT_ALONE_MS = 60_000

const codeOf = (error: unknown): string | undefined => (error instanceof AppError ? error.code : undefined)

async function unlessFailed<T>(error: unknown, otherwise: () => Promise<T>): Promise<T> {
  if (FAILED.has(codeOf(error))) return otherwise()
  throw error
}

async function submitUnlessArrived(commands: SlurmClient, request: JobRequest): Promise<string> {
  const arrived = (await commands.jobs()).find(({ name, comment }) => name === request.name && readComment(comment))
  return arrived?.id ?? commands.submit(request)
}
