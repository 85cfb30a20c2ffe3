import type { EngineJob } from '../executor/executor.ts'
import { engineJobOf } from './engine-job.ts'
import type { SlurmClient, SlurmRun } from './slurm-client.ts'
import { slurmErrors } from './slurm-errors.ts'
import { lastRunOf } from './usage-of-runs.ts'

/**
 * Ends that nobody saw: Slurm lists a job for a minute or so after its end, and the house may have been away. Whoever asks for such a
 * job again is told of its end by the accounts, or would wait for it for ever.
 */
export interface UnlistedEnds {
  /** Throws `slurm.not_listed` where the accounts do not tell an end either. */
  look(job: string, id: string): Promise<void>
  /** What was found so far. */
  found(): readonly EngineJob[]
}

export function createUnlistedEnds(client: SlurmClient): UnlistedEnds {
  const ends = new Map<string, EngineJob>()
  return {
    async look(job, id) {
      const runs = (await client.runs({ ids: [id] })).filter(({ name }) => name === job)
      const end = endedJobOf(runs)
      if (!end) throw slurmErrors.not_listed({ job, id })
      ends.set(job, end)
    },
    found: () => [...ends.values()],
  }
}

/** A job by all its runs; undefined for one that has not ended or is not of the house. */
export function endedJobOf(runs: readonly SlurmRun[]): EngineJob | undefined {
  const last = lastRunOf(runs)
  if (!last) return undefined
  const began = runs.flatMap(({ startedAt }) => startedAt ?? [])
  const startedAt = began.length === 0 ? undefined : Math.min(...began)
  return engineJobOf({ ...last, startedAt, priority: 1, nodes: [], reason: '' })
}
