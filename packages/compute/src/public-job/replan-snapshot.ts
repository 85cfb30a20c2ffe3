import type { Job, Level, Participant, Placement, Snapshot } from '../model/snapshot.ts'

/** A plan in force: where jobs lie in the snapshot that it was made for. */
interface InForce {
  readonly snapshot: Snapshot
  readonly placements: readonly Placement[]
}

export interface ReplanInput {
  /** The day as it was uploaded. */
  readonly snapshot: Snapshot
  readonly inForce: InForce | undefined
  /** Slot in course; -1 before the day. */
  readonly now: number
  /** Jobs that arrived since, in the form of the planner, and who asks for them. */
  readonly arrived: readonly Job[]
  readonly participants: readonly Participant[]
}

/** A started job is worth so many times its value: no plan leaves it out to save elsewhere. */
const STARTED = 1000
/** No pool has this trust class: a job whose time is over stays in the day, unserved and counted. */
const TOO_LATE = '(too late)'

/**
 * The rest of a day as a snapshot of its own: what has started keeps its chips, slots and power, everything else may still be
 * moved, jobs that arrived are added. Such a plan is checked like any other. Pure.
 */
export function replanSnapshot({ snapshot, inForce, now, arrived, participants }: ReplanInput): Snapshot {
  const lying = new Map(inForce?.placements.map((placement) => [placement.job, placement]))
  const was = new Map(inForce?.snapshot.jobs.map((job) => [job.name, job]))
  const started = new Map<string, Level>()
  const jobs = [...snapshot.jobs, ...arrived].map((job): Job => {
    const placement = lying.get(job.name)
    if (!placement || placement.start > now) return movable(job, placement, now)
    const level = inForce!.snapshot.classes[was.get(job.name)!.class]![placement.chip]![placement.level]!
    started.set(startedClass(job, placement, level), level)
    return pinned(job, placement, level)
  })
  const classes = { ...snapshot.classes }
  for (const { class: name, chipTypes } of jobs) {
    const level = started.get(name)
    if (level) classes[name] = { [chipTypes![0]!]: [level] }
  }
  const known = new Set(snapshot.participants.map(({ name }) => name))
  const others = participants.filter(({ name }) => !known.has(name))
  return { ...snapshot, jobs, classes, participants: [...snapshot.participants, ...others] }
}

const startedClass = (job: Job, { chip }: Placement, { watts, speed }: Level): string =>
  `${job.class} on ${chip} at ${watts} W, speed ${speed}`

function pinned(job: Job, placement: Placement, level: Level): Job {
  const { site, chip, start, slots } = placement
  return {
    ...job,
    class: startedClass(job, placement, level),
    ...{ sites: [site], chipTypes: [chip], release: start, deadline: start + slots },
    valueYuan: job.valueYuan * STARTED,
    before: undefined,
  }
}

function movable(job: Job, placement: Placement | undefined, now: number): Job {
  const release = Math.max(job.release, now + 1)
  if (release >= job.deadline) return { ...job, ...atLeastOneSlot(job), trust: [TOO_LATE] }
  return { ...job, release, before: placement ? { site: placement.site, chip: placement.chip } : job.before }
}

/** A job that arrived after its last possible start still has a window that can be written down. */
function atLeastOneSlot({ release, deadline }: Job): Pick<Job, 'release' | 'deadline'> {
  return { release: Math.min(release, Math.max(0, deadline - 1)), deadline: Math.max(1, deadline) }
}
