import type { Job, Placement, Snapshot } from '../model/snapshot.ts'
import { gangOf, placementOf, waysOf } from '../model/way.ts'
import { blockOf, type Capacity, hold, lockedCapacity } from '../online/capacity.ts'
import { type LockedNodes, lockedNodes } from '../online/locked-nodes.ts'
import { nodesWithRoom, type Seat, seat } from '../online/node-room.ts'
import type { OnlinePlan, OnlineState, Policy } from '../online/online-state.ts'
import { placedHours, type QuotaLeft, quotaLeft, wayHours } from '../online/quota-left.ts'
import { shifted, windowOf } from '../online/window.ts'
import { bestFit, type EnergySums, electricityOf, energySums } from './fit.ts'

export interface OnNodesOptions {
  /** What ending an hour later is worth beyond a job's own rate, yuan a chip, where a job must go elsewhere. */
  readonly hasteYuanPerChipHour: number
}

/**
 * A policy that counts chips by the pool, held to whole nodes: each placement gets nodes that have room from its first to its
 * last slot beside what runs there. One that finds none, or was not planned, goes to the cheapest place and time with room on
 * nodes, and waits where there is none. `OnlinePlan.nodes` says which. Nodes are kept for larger jobs of the forecast as long
 * as that costs no job its place.
 */
export function onNodes(policy: Policy, options: OnNodesOptions): Policy {
  return (state) => {
    const plan = policy(state)
    return { ...plan, ...packed(state, plan, options) }
  }
}

interface Packing {
  readonly window: Snapshot
  readonly capacity: Capacity
  readonly rooms: LockedNodes
  readonly energy: EnergySums
  readonly quota: QuotaLeft
  readonly haste: number
  /** Nodes by job, of the waiting and of those expected. */
  readonly nodes: Map<string, readonly number[]>
  readonly kept: Map<Placed, readonly number[]>
}

/** A job and where it is planned, window slots. */
interface Placed {
  readonly job: Job
  readonly at: Placement
  readonly isExpected: boolean
}

type Packed = Required<Pick<OnlinePlan, 'placements' | 'nodes'>>

/** Larger gangs first, as they find room least easily; of equal ones those that are here before those expected. */
function packed(state: OnlineState, plan: OnlinePlan, { hasteYuanPerChipHour: haste }: OnNodesOptions): Packed {
  const window = windowOf(state, state.snapshot.jobs)
  const capacity = lockedCapacity(state, window)
  const rooms = lockedNodes(state, window)
  const packing: Packing = {
    ...{ window, capacity, rooms, energy: energySums(capacity), quota: quotaLeft(window), haste },
    ...{ nodes: new Map(), kept: new Map() },
  }
  const waiting = waitingIn(window, plan, state.now)
  const expected = (plan.expected ?? []).map(({ job, at }) => ({ job, at: shifted(at, -state.now), isExpected: true }))
  for (const { job, at } of waiting) occupy(packing, job, at)
  const inTurn = [...waiting, ...expected].sort((a, b) => b.job.chips - a.job.chips || a.at.start - b.at.start)
  const seated = inTurn.filter((placed) => take(packing, placed) && !placed.isExpected)
  const moved = waiting
    .filter((placed) => !seated.includes(placed))
    .map((placed) => elsewhere(packing, placed) ?? placed)
  giveUpExpected(packing)
  const late = moved.map((placed) => (packing.nodes.has(placed.job.name) ? placed : elsewhere(packing, placed)))
  const planned = new Set(waiting.map(({ job }) => job))
  const homeless = window.jobs.filter((job) => !planned.has(job)).sort((a, b) => a.deadline - b.deadline)
  const housed = homeless.map((job) => cheapest(packing, job))
  const placements = [...seated, ...late, ...housed].flatMap((placed) =>
    placed ? [shifted(placed.at, state.now)] : [],
  )
  return { placements, nodes: packing.nodes }
}

function waitingIn(window: Snapshot, { placements }: OnlinePlan, now: number): Placed[] {
  const jobs = new Map(window.jobs.map((job) => [job.name, job]))
  return placements.flatMap((placement) => {
    const job = jobs.get(placement.job)
    return job ? [{ job, at: shifted(placement, -now), isExpected: false }] : []
  })
}

/** Seats the job where it is planned; false where no node has room. */
function take({ rooms, nodes, kept }: Packing, placed: Placed): boolean {
  const room = rooms.of(placed.at.site, placed.at.chip)
  const own = nodesWithRoom(room, seatOf(placed))
  if (!own) return false
  seat(room, own, seatOf(placed))
  if (placed.isExpected) kept.set(placed, own)
  else nodes.set(placed.job.name, own)
  return true
}

const seatOf = ({ job, at }: Pick<Placed, 'job' | 'at'>): Seat => ({
  chips: gangOf(job, at).chips,
  from: at.start,
  to: at.start + at.slots,
})

function giveUpExpected({ rooms, kept }: Packing): void {
  for (const [placed, own] of kept) seat(rooms.of(placed.at.site, placed.at.chip), own, seatOf(placed), -1)
}

/** Gives back what the job was to hold and takes the cheapest place; where there is none, it keeps its chips and power. */
function elsewhere(packing: Packing, placed: Placed): Placed | undefined {
  occupy(packing, placed.job, placed.at, -1)
  const found = cheapest(packing, placed.job)
  if (!found) occupy(packing, placed.job, placed.at)
  return found
}

/** Takes chips, power and quota of a placement, or gives them back. */
function occupy({ window, capacity, quota }: Packing, job: Job, at: Placement, sign: 1 | -1 = 1): void {
  hold(capacity, blockOf(window, job, at), sign)
  quota.take(job, placedHours(window, job, at), sign)
}

/** Puts the job at the cheapest place with room for its chips, its power and on nodes; undefined where there is none. */
function cheapest(packing: Packing, job: Job): Placed | undefined {
  const { window, capacity, rooms, energy, quota, haste } = packing
  const perSlot = ((job.delayYuanPerHour + haste * job.chips) * window.slotMinutes) / 60
  const ways = waysOf(window, job).filter((way) => quota.allows(job, wayHours(window, way)))
  const column = bestFit(capacity, ways, {
    starts: (way) => [job.release, job.deadline - way.slots],
    score: (each) => electricityOf(energy, each) + perSlot * (each.start + each.way.slots),
    allowed: ({ way, start }) => {
      const wanted = seatOf({ job, at: placementOf(job.name, way, start) })
      return nodesWithRoom(rooms.of(way.site.name, way.pool.chip), wanted) !== undefined
    },
  })
  if (!column) return undefined
  const found = { job, at: placementOf(job.name, column.way, column.start), isExpected: false }
  occupy(packing, job, found.at)
  take(packing, found)
  return found
}
