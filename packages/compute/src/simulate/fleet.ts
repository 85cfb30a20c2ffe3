import type { Job, Level, Placement, Pool, Site, Snapshot } from '../model/snapshot.ts'
import { heldChips, slotsOf, waysOf } from '../model/way.ts'
import { onlineErrors as errors } from '../online/online-errors.ts'
import type { Outage, Running } from '../online/online-state.ts'
import type { Arrival } from './world.ts'

/** A job from its arrival to its end. `job.hours` is what its owner believes is left, `trueHours` what is. */
export interface Live {
  job: Job
  trueHours: number
  /** Slot in which it would have ended on an empty machine. */
  readonly earliestEnd: number
  /** Slots of its shortest way, by the owner's belief. */
  shortest: number
  late: boolean
}

/** A run: where, since when, when it truly ends, and how its owner sees it. */
export interface Run {
  readonly live: Live
  readonly placement: Placement
  readonly level: Level
  readonly site: number
  readonly pool: number
  readonly trueEnd: number
  /** Slots added each time the run has outlived its estimate. */
  readonly extension: number
  view: Running
}

/** Everything that changes from slot to slot; sites and pools by row. */
export interface Fleet {
  /** The places and the series announced so far. */
  snapshot: Snapshot
  readonly pools: readonly { readonly site: number; readonly pool: Pool }[]
  readonly waiting: Map<string, Live>
  readonly running: Map<string, Run>
  outages: (Outage & { readonly pool: number })[]
  /** kW of chips before PUE, by site; chips held, by pool. */
  readonly siteKw: Float64Array
  readonly chipsUsed: Float64Array
  /** Chip-hours left, by participant with a quota. */
  readonly quotaLeft: Map<string, number>
}

export function emptyFleet(snapshot: Snapshot): Fleet {
  const pools = snapshot.sites.flatMap((each, site) => each.pools.map((pool) => ({ site, pool })))
  const limited = snapshot.participants.filter(({ quotaChipHours }) => quotaChipHours !== undefined)
  return {
    snapshot,
    pools,
    waiting: new Map(),
    running: new Map(),
    outages: [],
    siteKw: new Float64Array(snapshot.sites.length),
    chipsUsed: new Float64Array(pools.length),
    quotaLeft: new Map(limited.map(({ name, quotaChipHours }) => [name, quotaChipHours!])),
  }
}

/** Lets a job in, with its whole gang only: runs are played on no other. False where nothing could ever run it. */
export function admit(fleet: Fleet, { job: asked, trueHours }: Arrival): boolean {
  const job = asked.gangs ? { ...asked, gangs: undefined } : asked
  if (fleet.waiting.has(job.name) || fleet.running.has(job.name)) throw errors.job_repeated({ job: job.name })
  const ways = waysOf(fleet.snapshot, job)
  if (ways.length === 0) return false
  const truly = waysOf(fleet.snapshot, { ...job, hours: trueHours, deadline: fleet.snapshot.slots * 2 })
  const earliestEnd = job.release + Math.min(...truly.map((way) => way.slots))
  const shortest = Math.min(...ways.map((way) => way.slots))
  fleet.waiting.set(job.name, { job, trueHours, earliestEnd, shortest, late: false })
  return true
}

/** Starts a waiting job in slot `now`, as the policy says, on the nodes that it names, if any. */
export function start(fleet: Fleet, now: number, { nodes, ...placement }: Start): Run {
  const live = fleet.waiting.get(placement.job)!
  const { site, pool, level } = placeOf(fleet, now, live, placement)
  const { snapshot } = fleet
  const own: Site = snapshot.sites[site]!
  const chips = heldChips(live.job.chips, fleet.pools[pool]!.pool.nodeSize)
  const kw = (live.job.chips * level.watts) / 1000
  const believed = slotsOf(snapshot, live.job, level)
  const trueEnd = now + slotsOf(snapshot, { ...live.job, hours: live.trueHours }, level)
  const view = { job: live.job.name, site: own.name, chip: placement.chip, chips, kw, until: now + believed, nodes }
  const run = { live, placement, level, site, pool, trueEnd, extension: Math.ceil(believed / 4), view }
  fleet.waiting.delete(placement.job)
  fleet.running.set(placement.job, run)
  fleet.siteKw[site]! += kw
  fleet.chipsUsed[pool]! += chips
  charge(fleet, run, believed)
  return run
}

interface Start extends Placement {
  readonly nodes?: readonly number[] | undefined
}

/** A quota is charged up to the slot in which the run is believed to end: more as that moves on, less where it stops before. */
function charge({ quotaLeft, snapshot }: Fleet, { live, view }: Run, slots: number): void {
  const left = quotaLeft.get(live.job.participant)
  if (left !== undefined) quotaLeft.set(live.job.participant, left - (view.chips * slots * snapshot.slotMinutes) / 60)
}

/** Believes that a run past its estimate needs a while longer. */
export function extend(fleet: Fleet, run: Run, now: number): void {
  charge(fleet, run, now + run.extension - run.view.until)
  run.view = { ...run.view, until: now + run.extension }
}

/** A start must be one of the ways that the model allows, at the moment it is made. */
function placeOf(fleet: Fleet, now: number, { job }: Live, { site, chip, level }: Placement) {
  const ways = waysOf(fleet.snapshot, { ...job, release: now })
  const way = ways.find((each) => each.site.name === site && each.pool.chip === chip && each.level === level)
  if (!way) throw errors.start_forbidden({ job: job.name, site, chip, level, now })
  return {
    site: fleet.snapshot.sites.indexOf(way.site),
    pool: fleet.pools.findIndex(({ pool }) => pool === way.pool),
    level: fleet.snapshot.classes[job.class]![chip]![level]!,
  }
}

/** Takes a run off its chips in slot `now`. */
export function stop(fleet: Fleet, run: Run, now: number): void {
  charge(fleet, run, now - run.view.until)
  fleet.running.delete(run.view.job)
  fleet.siteKw[run.site]! -= run.view.kw
  fleet.chipsUsed[run.pool]! -= run.view.chips
}

/** Chip-hours that stopping a run in slot `now` throws away: all since its last checkpoint. */
export function lostBy({ slotMinutes }: Snapshot, run: Run, now: number): number {
  const ran = (now - run.placement.start) * slotMinutes
  return ((ran - keptMinutes(run.live.job, ran)) * run.live.job.chips) / 60
}

function keptMinutes({ checkpoint }: Job, ran: number): number {
  return checkpoint ? Math.floor(ran / checkpoint.everyMinutes) * checkpoint.everyMinutes : 0
}

/** Least share of its estimate that a job is believed to need again after an interruption. */
const LEAST_LEFT = 0.25

/** Stops a run against its will: it waits again, with what its last checkpoint holds. Returns the chip-hours lost. */
export function interrupt(fleet: Fleet, run: Run, now: number): number {
  const { live } = run
  const { slotMinutes } = fleet.snapshot
  const lost = lostBy(fleet.snapshot, run, now)
  const ran = (now - run.placement.start) * slotMinutes
  const { checkpoint } = live.job
  const writing = checkpoint ? checkpoint.costSeconds / 60 / checkpoint.everyMinutes : 0
  const done = ((keptMinutes(live.job, ran) / 60) * run.level.speed) / (1 + writing)
  stop(fleet, run, now)
  live.trueHours = Math.max(1e-3, live.trueHours - done)
  const hours = Math.max(live.job.hours * LEAST_LEFT, live.job.hours - done)
  live.job = { ...live.job, hours, release: now }
  const ways = waysOf(fleet.snapshot, live.job)
  live.shortest = Math.min(...ways.map((way) => way.slots))
  fleet.waiting.set(live.job.name, live)
  return lost
}
