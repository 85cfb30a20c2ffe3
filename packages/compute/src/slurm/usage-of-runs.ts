import type { Usage } from '../executor/executor.ts'
import { gangsOf, type JobFacts, type PastGang, readComment } from './job-comment.ts'
import { runHasEnded } from './read-lines.ts'
import type { SlurmRun } from './slurm-client.ts'

export interface UsageOptions {
  /** Milliseconds since 1970. */
  readonly since: number
  /** Slurm meters nodes: the figure is that of a job only where it had whole ones. */
  readonly chipsPerNode: number
  /** The plugin by which Slurm meters them, if it is known. */
  readonly meter?: string | undefined
}

/** Meters that see no chips but processors only: their figure would be a part of what a job drew. */
const BLIND: ReadonlySet<string> = new Set(['acct_gather_energy/rapl'])

/**
 * Usage of the jobs among these runs that have ended at or after `since`, oldest first. A job that was requeued adds up
 * all its runs; one that never began used nothing and is left out.
 */
export function usageOfRuns(runs: readonly SlurmRun[], options: UsageOptions): readonly Usage[] {
  const usages: Usage[] = []
  for (const own of byJob(runs)) {
    const usage = usageOf(own.toSorted(byTime), options)
    if (usage && usage.endedAt >= options.since) usages.push(usage)
  }
  return usages.sort((a, b) => a.endedAt - b.endedAt)
}

/** Runs of a job that lost nodes while it ran say the same start: the one that ended first was first. */
const byTime = (a: SlurmRun, b: SlurmRun): number =>
  (a.startedAt ?? Infinity) - (b.startedAt ?? Infinity) || (a.endedAt ?? Infinity) - (b.endedAt ?? Infinity)

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

/** Ends of a run that its job outlives: it was requeued, or went on with fewer nodes. */
const GOES_ON: ReadonlySet<string> = new Set(['REQUEUED', 'RESIZING'])

/** Slurm says exit code 0 of jobs that it ended itself, at their time limit for one: only what is COMPLETED has done its work. */
const ownExitCode = ({ state, exitCode }: SlurmRun): number | undefined =>
  exitCode === 0 && state !== 'COMPLETED' ? undefined : exitCode

/** Whether Slurm may have put the job back in its queue, which the accounts tell some seconds later. */
export const mayComeBack = ({ state }: Pick<SlurmRun, 'state'>): boolean =>
  state === 'NODE_FAIL' || state === 'BOOT_FAIL' || state === 'PREEMPTED'

/** The last run of a job ends it for good. */
export const endsJob = ({ state }: Pick<SlurmRun, 'state'>): boolean => !GOES_ON.has(state)

/** The run that ended a job, with the end of the job; undefined for one that goes on: it has ended when every record of it has, and one for good. */
export function lastRunOf(runs: readonly SlurmRun[]): (SlurmRun & { readonly endedAt: number }) | undefined {
  const last = runs.toSorted(byTime).findLast(endsJob)
  return last && runs.every((run) => isClosed(run, runs)) ? { ...last, endedAt: endOf(runs) } : undefined
}

function usageOf(runs: readonly SlurmRun[], options: UsageOptions): Usage | undefined {
  const facts = factsOf(runs)
  const last = lastRunOf(runs)
  const began = runs.find(({ startedAt }) => startedAt !== undefined)?.startedAt
  if (!facts || !last || began === undefined) return undefined
  const held = heldBy(runs, gangsOf(facts))
  const chipSeconds = held.reduce((sum, { chips, seconds }) => sum + chips * seconds, 0)
  return {
    job: last.name,
    startedAt: began,
    endedAt: last.endedAt,
    chips: gangsOf(facts)[0]!.chips,
    chipHours: chipSeconds / 3600,
    exitCode: ownExitCode(last),
    joules: joulesOf(held, facts, options),
  }
}

/** What the job was at its end: the comment that names most gangs. */
function factsOf(runs: readonly SlurmRun[]): JobFacts | undefined {
  const all = runs.flatMap(({ comment }) => readComment(comment) ?? [])
  return all.toSorted((a, b) => gangsOf(b).length - gangsOf(a).length)[0]
}

const endOf = (runs: readonly SlurmRun[]): number => Math.max(...runs.map(({ endedAt }) => endedAt ?? 0))

/**
 * Slurm 22.05 writes the end of a job that was requeued after it had given nodes back into the record of the run before, and
 * leaves that of the last run without one.
 */
const isClosed = ({ endedAt, state }: SlurmRun, runs: readonly SlurmRun[]): boolean =>
  endedAt !== undefined || (state !== 'RESIZING' && runHasEnded(state) && runs.some((run) => run.state === 'RESIZING'))

interface Held {
  readonly run: SlurmRun
  readonly chips: number
  readonly seconds: number
}

/** Chips and seconds of each run. One that follows a RESIZING says the start of its job again: it began where that ended. */
function heldBy(runs: readonly SlurmRun[], gangs: readonly PastGang[]): readonly Held[] {
  const starts = runs.map(({ startedAt }, i) => {
    const before = runs[i - 1]
    return startedAt !== undefined && before?.state === 'RESIZING'
      ? Math.max(startedAt, before.endedAt ?? startedAt)
      : startedAt
  })
  return runs.map((run, i) => {
    const from = starts[i]
    if (from === undefined) return { run, chips: 0, seconds: 0 }
    const chips = gangs.findLast((gang) => gang.from < from + SECOND)!.chips
    const to = endOfRun(run.endedAt ?? endOf(runs), { from, next: starts[i + 1], gangs })
    return { run, chips, seconds: Math.max(0, to - from) / SECOND }
  })
}

/** Slurm tells whole seconds. */
const SECOND = 1000

/** An end that lies in the next run is that of the job: this run ended when it was taken off its chips to get others. */
function endOfRun(
  end: number,
  {
    from,
    next,
    gangs,
  }: { readonly from: number; readonly next: number | undefined; readonly gangs: readonly PastGang[] },
): number {
  if (next === undefined || end <= next) return end
  const changed = gangs.find((gang) => gang.from >= from + SECOND && gang.from < next + SECOND)
  return changed ? Math.min(next, Math.floor(changed.from / SECOND) * SECOND) : next
}

function joulesOf(held: readonly Held[], facts: JobFacts, { chipsPerNode, meter }: UsageOptions): Usage['joules'] {
  const ran = held.filter(({ seconds }) => seconds > 0)
  const isMetered = ran.every(({ run, chips }) => run.joules !== undefined && chips % chipsPerNode === 0)
  if (ran.length > 0 && isMetered && !BLIND.has(meter ?? '')) {
    const value = ran.reduce((sum, { run }) => sum + (run.joules ?? 0), 0)
    return { value, method: 'metered', source: `Slurm ${meter ?? 'AcctGatherEnergy'}` }
  }
  const value = held.reduce((sum, { run, chips, seconds }) => sum + wattsAChip(run, facts) * chips * seconds, 0)
  return { value, method: 'estimate', source: 'ordered power x time on the chips' }
}

/** At the meter of the site, as kWh are held and as other engines count them. */
function wattsAChip({ comment }: SlurmRun, facts: JobFacts): number {
  const { kw, chips } = readComment(comment) ?? facts
  return (1000 * kw) / chips
}
