import type { PlanBars } from '@dengta/sdk'
import type { Job, Placement, Snapshot } from '../model/snapshot.ts'
import { wishedClass } from '../public-job/started-class.ts'
import { lanesOf } from './lanes.ts'
import type { OpenedPlan } from './opened-plans.ts'

interface Bar extends Placement {
  readonly of: Job
  readonly pool: number
  readonly lane: number
}

/** The bars of a Gantt in columns; jobs whose owner `mayRead` refuses stay anonymous. Pure. */
export function planBars({ run, day, snapshot, plan }: OpenedPlan, mayRead: (owner: string) => boolean): PlanBars {
  const jobs = new Map(snapshot.jobs.map((job) => [job.name, job]))
  const { bars, pools } = barsOf(snapshot, plan.placements, jobs)
  const participants = snapshot.participants.map(({ name }) => name).filter(mayRead)
  const words = { participants, classes: [...new Set(Object.keys(snapshot.classes).map(wishedClass))] }
  const who = namer(words)
  const left = plan.unserved.map((name) => jobs.get(name)!)
  return {
    ...{ plan: run.id, startsAt: day.startsAt.toISOString() },
    ...{ slotMinutes: snapshot.slotMinutes, slots: snapshot.slots, ...words, pools },
    bars: {
      ...who(bars.map(({ of }) => of)),
      ...columns(bars, ['pool', 'lane', 'start', 'slots']),
      watts: bars.map(({ of, chip, level }) => snapshot.classes[of.class]![chip]![level]!.watts),
    },
    unserved: who(left),
  }
}

function barsOf(snapshot: Snapshot, placements: readonly Placement[], jobs: ReadonlyMap<string, Job>) {
  const all = snapshot.sites.flatMap(({ name: site, pools }) => pools.map(({ chip, count }) => ({ site, chip, count })))
  const own = all.map(({ site, chip }) => placements.filter((each) => each.site === site && each.chip === chip))
  const rows = own.map(lanesOf)
  const bars = own.flatMap((placed, pool) =>
    placed
      .map((each, i): Bar => ({ ...each, of: jobs.get(each.job)!, pool, lane: rows[pool]!.lane[i]! }))
      .sort((a, b) => a.lane - b.lane || a.start - b.start),
  )
  return { bars, pools: all.map((pool, p) => ({ ...pool, lanes: rows[p]!.lanes })) }
}

/** What is said of a job, as columns; nothing of it where its participant is not among those named. */
function namer({
  participants,
  classes,
}: {
  readonly participants: readonly string[]
  readonly classes: readonly string[]
}) {
  const place = new Map(participants.map((name, i) => [name, i]))
  const kinds = new Map(classes.map((name, i) => [name, i]))
  return (jobs: readonly Job[]) => ({
    job: jobs.map(({ name, participant }) => (place.has(participant) ? name : '')),
    participant: jobs.map((job) => place.get(job.participant) ?? -1),
    class: jobs.map((job) => (place.has(job.participant) ? kinds.get(wishedClass(job.class))! : -1)),
    ...columns(jobs, ['chips', 'tier', 'release', 'deadline']),
  })
}

function columns<T, K extends keyof T>(rows: readonly T[], names: readonly K[]): { [P in K]: T[P][] } {
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])])) as { [P in K]: T[P][] }
}
