import { gangsBelow, type Wanted, type WantedJob } from '../controller/wanted.ts'
import type { Order } from '../executor/executor.ts'
import type { Level, Snapshot } from '../model/snapshot.ts'
import { gangOf } from '../model/way.ts'
import type { PublicJob } from '../public-job/public-job.ts'
import { MINUTE } from '../settlement/meter.ts'
import type { Engine } from './engine.ts'
import { mayRun, workOf } from './job-command.ts'

type Placement = NonNullable<PublicJob['placement']>

export interface WantedParts {
  readonly snapshot: Snapshot
  readonly engine: Pick<Engine, 'sites' | 'demoCommand' | 'holdsPrograms'>
  /** Where the source of a program is kept. */
  readonly programPath: (source: string) => string
}

/** Coming back from a checkpoint is assumed to take so many minutes where the job does not say what writing one costs. */
const RESTART_MINUTES = 1
/** The workload of the house works this share of the time that it was given, so that its limit does not cut it short. */
const DEMO_SHARE = 0.8

/** Open jobs as the controller wants them: earliest start first. Those that wait for a plan, or that nothing here would hold, are not wanted. */
export function wantedOfJobs(jobs: readonly PublicJob[], parts: WantedParts): Wanted {
  const { sites, holdsPrograms } = parts.engine
  const wanted = jobs
    .filter(({ ask }) => mayRun(ask.command, holdsPrograms))
    .flatMap((job) => (job.placement ? [{ job, placement: job.placement }] : []))
    .filter(({ placement }) => sites?.includes(placement.site) ?? true)
    .map(({ job, placement }) => wantedJob(job, placement, parts))
    .sort((a, b) => a.startAt - b.startAt)
  return { jobs: wanted, cancelled: jobs.filter(({ cancelAskedAt }) => cancelAskedAt).map(({ id }) => id) }
}

function wantedJob(job: PublicJob, placement: Placement, parts: WantedParts): WantedJob {
  const { ask } = job
  const startAt = Date.parse(placement.startsAt)
  const minutes = (Date.parse(placement.endsAt) - startAt) / MINUTE
  const own = gangOf(ask, placement)
  const pue = pueOf(parts.snapshot, placement.site)
  const order: Order = {
    ...{ job: job.id, participant: job.participant, site: placement.site, chip: placement.chip, chips: own.chips },
    ...{ wattsPerChip: placement.watts, kw: (own.chips * placement.watts * pue) / 1000, minutes },
    ...{ checkpoint: ask.checkpoint, mayPause: ask.tier > 0, command: commandOf(job, minutes, parts) },
  }
  const levels = levelsOf(parts.snapshot, ask.class, placement)
  const restartMinutes = ask.checkpoint ? ask.checkpoint.costSeconds / 60 : RESTART_MINUTES
  const gangs = gangsBelow(
    ask.gangs?.toSorted((a, b) => b.chips - a.chips),
    own,
  )
  return { order, startAt, levels, gangs, pue, tier: ask.tier, restartMinutes }
}

function commandOf({ ask }: PublicJob, minutes: number, { engine, programPath }: WantedParts): readonly string[] {
  const work = workOf(ask.command)
  return work.kind === 'program'
    ? ['node', programPath(work.source), ...work.words]
    : engine.demoCommand(work.seconds ?? Math.max(1, Math.floor(minutes * 60 * DEMO_SHARE)))
}

/** The highest of the day: an order has one power. */
function pueOf({ sites }: Snapshot, name: string): number {
  return Math.max(1, ...(sites.find((site) => site.name === name)?.pue ?? []))
}

/** Levels of its class, from the highest down; the placed one alone where the day in course does not know the class. */
function levelsOf({ classes }: Snapshot, name: string, { chip, watts }: Placement): readonly Level[] {
  const curve = classes[name]?.[chip] ?? []
  return curve.length === 0 ? [{ watts, speed: 1 }] : curve.toSorted((a, b) => b.watts - a.watts)
}
