import { type EventTarget, leastBySlot } from '../engine/event-target.ts'
import type { Band, Gang, Job, Level, Participant, Placement, Site, Snapshot } from '../model/snapshot.ts'
import { gangOf, heldAt } from '../model/way.ts'
import { isCrowdedOut } from './crowded-out.ts'
import type { Lock } from './replan-lock.ts'
import { startedClass } from './started-class.ts'

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
  /** Jobs that an engine has, by name. */
  readonly locks?: ReadonlyMap<string, Lock>
  /** What events leave the sites, and the start of slot 0, milliseconds since 1970. */
  readonly targets?: readonly EventTarget[]
  readonly startsAt?: number
}

/** A started job is worth so many times its value: no plan leaves it out to save elsewhere. */
const STARTED = 1000
/** No pool has this trust class: a job whose time is over stays in the day, unserved and counted. */
const TOO_LATE = '(too late)'

/** A job whose place is not the planner's to choose, and the only power it has there. */
interface Fixed {
  readonly job: Job
  readonly level: Level
  /** True for one that draws power now, in all slots of its window. */
  readonly started: boolean
}

/**
 * The rest of a day as a snapshot of its own: what has started keeps its chips, slots and power, everything else may still be
 * moved, jobs that arrived are added, and events leave no room for new work. Such a plan is checked like any other. Pure.
 */
export function replanSnapshot(input: ReplanInput): Snapshot {
  const { snapshot, inForce, now, arrived, participants } = input
  const lying = new Map(inForce?.placements.map((placement) => [placement.job, placement]))
  const was = new Map(inForce?.snapshot.jobs.map((job) => [job.name, job]))
  const fixed: Fixed[] = []
  const jobs = [...snapshot.jobs, ...arrived].map((job): Job => {
    const fix = fixedJob(job, lying.get(job.name), { ...input, was })
    if (!fix) return movable(job, lying.get(job.name), now)
    fixed.push(fix)
    return fix.job
  })
  const classes = { ...snapshot.classes }
  for (const { job, level } of fixed) classes[job.class] = { [job.chipTypes![0]!]: [level] }
  const known = new Set(snapshot.participants.map(({ name }) => name))
  const others = participants.filter(({ name }) => !known.has(name))
  const sites = loweredSites(input, fixed)
  const all = [...snapshot.participants, ...others].map((each) => withRunning(each, fixed, input))
  return { ...snapshot, sites, jobs, classes, participants: all }
}

/** What runs is in the plan, whatever is left of a quota; what it takes beyond what it holds is taken from no other job. */
function withRunning(participant: Participant, fixed: readonly Fixed[], { snapshot, locks }: ReplanInput): Participant {
  const { name, quotaChipHours } = participant
  const started = fixed.filter(({ job, started }) => started && job.participant === name)
  if (quotaChipHours === undefined || started.length === 0) return participant
  const hours = snapshot.slotMinutes / 60
  const taken = started.map(({ job }) => heldBy(snapshot, job) * (job.deadline - job.release) * hours)
  const beyond = started.map(({ job }, k) =>
    Math.max(0, taken[k]! - (locks?.get(job.name)?.heldChipHours ?? taken[k]!)),
  )
  return { ...participant, quotaChipHours: Math.max(sum(taken), quotaChipHours + sum(beyond)) }
}

/** Of a job that lies at one pool. */
const heldBy = (snapshot: Snapshot, { sites, chipTypes, chips }: Job): number =>
  heldAt(snapshot, { site: sites![0]!, chip: chipTypes![0]! }, chips)

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

type FixInput = ReplanInput & { /** Jobs of the plan in force, by name. */ readonly was: ReadonlyMap<string, Job> }

/** What an engine has stays as the engine says; what the plan in force had begun stays as it lay. */
function fixedJob(job: Job, placement: Placement | undefined, input: FixInput): Fixed | undefined {
  const { inForce, now, locks, snapshot, was } = input
  const lock = locks?.get(job.name)
  if (lock) return lockedJob(job, lock, { snapshot, now })
  if (!placement || placement.start > now) return undefined
  if (input.arrived.includes(job) && isCrowdedOut(job, placement, input)) return undefined
  const before = was.get(job.name)!
  const gang = gangOf(before, placement)
  const level = slowedBy(gang, inForce!.snapshot.classes[before.class]![placement.chip]![placement.level]!)
  return { job: pinned(onGang(job, gang), placement, level), level, started: true }
}

/** What has started has one gang: the job of the rest of the day is that of so many chips, at the speed that it has on them. */
const onGang = (job: Job, { chips }: Gang): Job => ({ ...job, chips, gangs: undefined })

const slowedBy = (gang: Gang, { watts, speed }: Level): Level => ({ watts, speed: speed * gang.speed })

function lockedJob(asked: Job, lock: Lock, { snapshot, now }: Pick<ReplanInput, 'snapshot' | 'now'>): Fixed {
  const { site, chip, watts } = lock
  const gang = gangOf(asked, lock)
  const job = onGang(asked, gang)
  const known = snapshot.classes[job.class]?.[chip]?.find((each) => each.watts === watts)
  const level = slowedBy(gang, known ?? { watts, speed: 1 })
  if (!lock.slots) {
    const there = { class: startedClass(job.class, lock.chip, level), sites: [site], chipTypes: [chip] }
    return { job: { ...movable(job, undefined, now), ...there }, level, started: false }
  }
  const { from } = lock.slots
  const slots = Math.min(snapshot.slots, Math.max(lock.slots.to, now + 1)) - from
  const hours = (slots * snapshot.slotMinutes * level.speed) / 60
  const run = { ...job, hours, checkpoint: undefined }
  return { job: pinned(run, { job: job.name, site, chip, level: 0, start: from, slots }, level), level, started: true }
}

/** Under an event a site has room for what runs already, which its controller will cut, and for nothing else above the target. */
function loweredSites({ snapshot, targets = [], startsAt = 0 }: ReplanInput, fixed: readonly Fixed[]): readonly Site[] {
  if (targets.length === 0) return snapshot.sites
  return snapshot.sites.map((site) => {
    const here = targets.filter((target) => target.site === site.name)
    const least = leastBySlot(here, { startsAt, slotMinutes: snapshot.slotMinutes, slots: snapshot.slots })
    const running = startedKw(site, fixed, snapshot.slots)
    const kwOf = (kw: number, slot: number): number =>
      Math.min(kw, Math.max(least[slot]!, running[slot]!) + site.reserveKw[slot]!)
    const { envelopeKw, band } = site
    return { ...site, envelopeKw: envelopeKw.map(kwOf), band: band && loweredBand(band, kwOf) }
  })
}

function loweredBand({ lowKw, expectedKw, highKw }: Band, kwOf: (kw: number, slot: number) => number): Band {
  return { lowKw: lowKw.map(kwOf), expectedKw: expectedKw.map(kwOf), highKw: highKw.map(kwOf) }
}

function startedKw(site: Site, fixed: readonly Fixed[], slots: number): Float64Array {
  const kw = new Float64Array(slots)
  for (const { job, level, started } of fixed) {
    if (!started || job.sites![0] !== site.name) continue
    for (let t = job.release; t < job.deadline; t += 1) kw[t]! += (job.chips * level.watts * site.pue[t]!) / 1000
  }
  return kw
}

function pinned(job: Job, placement: Placement, level: Level): Job {
  const { site, chip, start, slots } = placement
  return {
    ...job,
    class: startedClass(job.class, placement.chip, level),
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
