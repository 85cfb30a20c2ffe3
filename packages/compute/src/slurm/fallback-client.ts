import { AppError } from '@dengta/kernel'
import { readComment } from './job-comment.ts'
import type { JobRequest, SlurmClient } from './slurm-client.ts'

/**
 * Asks by REST, and where that fails by commands. Lists go the other way round: squeue answers 550 jobs in a tenth of the
 * time that slurmrestd takes under load, and sacct takes a list of numbers, which slurmrestd does not. A submission whose answer
 * was lost may have arrived, so it is looked for by name, among jobs of the house, before it is made again.
 */
export function createFallbackClient(rest: SlurmClient, commands: SlurmClient): SlurmClient {
  return {
    submit: (request) => either(rest.submit(request), () => submitUnlessArrived(commands, request)),
    hold: (id) => either(rest.hold(id), () => commands.hold(id)),
    release: (id) => either(rest.release(id), () => commands.release(id)),
    cancel: (id) => either(rest.cancel(id), () => commands.cancel(id)),
    jobs: (whose) => either(commands.jobs(whose), () => rest.jobs(whose)),
    runs: (query) => either(commands.runs(query), () => rest.runs(query)),
  }
}

const FAILED: ReadonlySet<string> = new Set(['slurm.rest_failed', 'slurm.command_failed'])

async function either<T>(asked: Promise<T>, otherwise: () => Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof AppError && FAILED.has(error.code)) return otherwise()
    throw error
  }
}

async function submitUnlessArrived(commands: SlurmClient, request: JobRequest): Promise<string> {
  const arrived = (await commands.jobs()).find(({ name, comment }) => name === request.name && readComment(comment))
  return arrived?.id ?? commands.submit(request)
}
