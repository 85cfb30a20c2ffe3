import {
  type EngineJob,
  type Job,
  type OnlinePlan,
  type Order,
  onNodes,
  type Placement,
  type Policy,
  type ReplanEffort,
  type Running,
  rollingReplan,
  type Snapshot,
} from '@dengta/compute'
import { nodesOf } from '../../packages/compute/src/slurm/slurm-description.ts'
import { describe, LEAVES_MS, lasts, orderOf, SLOT_MS, shortest, withLatency } from './slurm-online-day.ts'

/** What is asked of the engine at the beginning of a slot. */
interface Turn {
  readonly orders: readonly Order[]
  readonly cancelled: readonly string[]
}

/** Decides slot after slot by what the engine shows; times in milliseconds since the day began. */
export type Player = (now: number, seen: ReadonlyMap<string, EngineJob>) => Turn

type Place = Pick<Placement, 'site' | 'chip'>

const isOver = (job: EngineJob | undefined): boolean =>
  job !== undefined && (job.state === 'done' || job.state === 'failed' || job.state === 'cancelled')

/**
 * Slurm as its users know it: every job is submitted on arrival at full power, to the site with the least work; one that can no
 * longer end in time is taken back.
 */
export function slurmUsers(day: Snapshot): Player {
  const open = new Map<string, { job: Job; place: Place }>()
  return (now, seen) => {
    const cancelled = [...open.values()].flatMap(({ job }) => {
      const late = job.deadline * SLOT_MS - lasts(day, job, 1) < now * SLOT_MS
      return late && seen.get(job.name)?.state === 'waiting' ? [job.name] : []
    })
    for (const name of open.keys()) if (!seen.has(name) || isOver(seen.get(name))) open.delete(name)
    const orders = day.jobs.flatMap((job) => {
      if (job.release !== now) return []
      const place = leastLoaded(day, job, [...open.values()])
      open.set(job.name, { job, place })
      return [orderOf(day, job, { ...place, level: 0 })]
    })
    return { orders, cancelled }
  }
}

/** The pool with the least work on it for its size: a licence belongs to one site, so a user must choose at submission. */
function leastLoaded({ sites }: Snapshot, job: Job, open: readonly { job: Job; place: Place }[]): Place {
  const allowed = sites.filter(({ name }) => job.sites?.includes(name) ?? true)
  const pools = allowed.flatMap(({ name, pools: own }) => own.map(({ chip, count }) => ({ site: name, chip, count })))
  const load = ({ site, chip, count }: (typeof pools)[number]): number =>
    open
      .filter(({ place }) => place.site === site && place.chip === chip)
      .reduce((sum, each) => sum + each.job.chips * each.job.hours, job.chips * job.hours) / count
  return pools.reduce((a, b) => (load(b) < load(a) ? b : a))
}

/** As in `online`. */
const EFFORT: ReplanEffort = {
  ...{ seed: 1, ascents: 60, roundsPerJob: 100, mostRounds: 4000, focus: 1000 },
  ...{ hasteYuanPerChipHour: 0.1, margin: 1 },
}

/** The rolling re-plan of `online` on whole nodes, expecting jobs like these. */
export function foreseeing(forecast: readonly Job[]): Policy {
  const policy = onNodes(rollingReplan(EFFORT), EFFORT)
  return (state) => policy({ ...state, forecast })
}

interface Started {
  readonly order: Order
  readonly placement: Placement
  readonly lastsMs: number
}

/** The rolling re-plan: what starts now, where, at which level and on which nodes. A job that has gone out is not taken back. */
export function replanPlayer(day: Snapshot, policy: Policy): Player {
  const places = wholeWatts(day)
  const names = nodeNames(day)
  const waiting = new Map<string, Job>()
  const started = new Map<string, Started>()
  let previous: OnlinePlan = { placements: [] }

  function start(placement: Placement): Order[] {
    const job = waiting.get(placement.job)
    if (!job) return []
    waiting.delete(job.name)
    const own = names.get(keyOf(placement))!
    const nodes = previous.nodes?.get(job.name)?.map((row) => own[row]!)
    const order = orderOf(day, job, { ...placement, nodes })
    const { speed } = day.classes[job.class]![placement.chip]![placement.level]!
    started.set(job.name, { order, placement, lastsMs: lasts(day, job, speed) })
    return [order]
  }

  return (now, seen) => {
    for (const job of day.jobs) if (job.release === now) waiting.set(job.name, job)
    for (const [name, job] of waiting) if (now + shortest(day, job) > job.deadline) waiting.delete(name)
    for (const name of started.keys()) if (isOver(seen.get(name))) started.delete(name)
    const running = [...started.values()].flatMap((own) =>
      runningOf(own, now, { seen: seen.get(own.order.job), names }),
    )
    const snapshot = { ...places, jobs: [...waiting.values()].map((job) => withLatency(day, job, now)) }
    previous = policy({ snapshot, now, horizon: day.slots, running, outages: [], previous })
    const orders = previous.placements.filter((placement) => placement.start === now).flatMap(start)
    return { orders: orders.sort((a, b) => b.chips - a.chips), cancelled: [] }
  }
}

interface Seen {
  readonly seen: EngineJob | undefined
  readonly names: ReadonlyMap<string, readonly string[]>
}

/** What holds chips now, by Slurm's own times; a job that has not begun yet is believed to need all its slots. */
function runningOf({ order, placement, lastsMs }: Started, now: number, { seen, names }: Seen): Running[] {
  const ends =
    seen?.startedAt === undefined ? now + placement.slots : Math.ceil((seen.startedAt + lastsMs + LEAVES_MS) / SLOT_MS)
  const own = names.get(keyOf(order))!
  const nodes = (seen?.nodes ?? order.nodes)?.map((name) => own.indexOf(name))
  const kw = (order.chips * order.wattsPerChip) / 1000
  const { job, site, chip, chips } = order
  return [{ job, site, chip, chips, kw, until: Math.max(now + 1, ends), nodes }]
}

const keyOf = ({ site, chip }: Place): string => `${site} ${chip}`

/** Names of the nodes of each pool, in the order of the description. */
function nodeNames(day: Snapshot): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>()
  for (const node of nodesOf(describe(day))) names.set(keyOf(node), [...(names.get(keyOf(node)) ?? []), node.name])
  return names
}

/** Licences are whole watts, rounded up for each job: so much is kept back, one watt a chip. */
function wholeWatts(day: Snapshot): Snapshot {
  const sites = day.sites.map((site) => {
    const kw = site.pools.reduce((sum, { count }) => sum + count, 0) / 1000
    return { ...site, reserveKw: site.reserveKw.map((reserve) => reserve + kw) }
  })
  return { ...day, sites }
}
