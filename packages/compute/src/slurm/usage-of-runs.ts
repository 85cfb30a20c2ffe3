import type { Usage } from '../executor/executor.ts'
import { type JobFacts, readComment } from './job-comment.ts'
import type { SlurmRun } from './slurm-client.ts'

/**
 * Usage of the jobs among these runs that have ended at or after `since`, oldest first. A job that was requeued adds up
 * all its runs; one that never began used nothing and is left out.
 */
export function usageOfRuns(runs: readonly SlurmRun[], since: number): readonly Usage[] {
  const usages: Usage[] = []
  for (const own of byJob(runs)) {
    const usage = usageOf(own.toSorted((a, b) => (a.startedAt ?? Infinity) - (b.startedAt ?? Infinity)))
    if (usage && usage.endedAt >= since) usages.push(usage)
  }
  return usages.sort((a, b) => a.endedAt - b.endedAt)
}

/** By number and name: a Slurm set up anew on old accounts counts its jobs from 1 again, and numbers are used up one day. */
function byJob(runs: readonly SlurmRun[]): Iterable<readonly SlurmRun[]> {
  const groups = new Map<string, SlurmRun[]>()
  for (const run of runs) {
    const key = `${run.id} ${run.name}`
    const group = groups.get(key)
    if (group) group.push(run)
    else groups.set(key, [run])
  }
  return groups.values()
}

/** A job has ended when every record of it has, and one for good: REQUEUED ends a run only. */
function usageOf(runs: readonly SlurmRun[]): Usage | undefined {
  const facts = readComment(runs[0]?.comment ?? '')
  const last = runs.findLast(({ state }) => state !== 'REQUEUED')
  const began = runs.find(({ startedAt }) => startedAt !== undefined)?.startedAt
  if (!facts || !last || began === undefined || runs.some(({ endedAt }) => endedAt === undefined)) return undefined
  const seconds = runs.reduce((sum, run) => sum + secondsOf(run), 0)
  return {
    job: last.name,
    startedAt: began,
    endedAt: Math.max(...runs.map(({ endedAt }) => endedAt ?? 0)),
    chips: facts.chips,
    chipHours: (facts.chips * seconds) / 3600,
    exitCode: last.exitCode,
    joules: joulesOf(runs, facts, seconds),
  }
}

const secondsOf = ({ startedAt, endedAt }: SlurmRun): number =>
  startedAt === undefined || endedAt === undefined ? 0 : (endedAt - startedAt) / 1000

function joulesOf(runs: readonly SlurmRun[], facts: JobFacts, seconds: number): Usage['joules'] {
  const ran = runs.filter((run) => secondsOf(run) > 0)
  if (ran.length > 0 && ran.every(({ joules }) => joules !== undefined)) {
    const value = ran.reduce((sum, { joules }) => sum + (joules ?? 0), 0)
    return { value, method: 'metered', source: 'Slurm AcctGatherEnergy' }
  }
  const value = facts.chips * facts.wattsPerChip * seconds
  return { value, method: 'estimate', source: 'watts of the chips at the chosen level x time run' }
}
