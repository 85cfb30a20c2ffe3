import type { Job, Placement, Snapshot } from '../model/snapshot.ts'
import { waysOf } from '../model/way.ts'
import { blockOf, type Capacity, hold, lockedCapacity } from '../online/capacity.ts'
import { type LockedNodes, lockedNodes } from '../online/locked-nodes.ts'
import { nodesWithRoom, seat } from '../online/node-room.ts'
import type { OnlinePlan, OnlineState, Policy } from '../online/online-state.ts'
import { shifted, windowOf } from '../online/window.ts'
import { bestFit, type Column, type EnergySums, electricityOf, energySums } from './fit.ts'

export interface OnNodesOptions {
  /** What ending an hour later is worth beyond a job's own rate, yuan a chip, where a job must go elsewhere. */
  readonly hasteYuanPerChipHour: number
}

/**
 * A policy that counts chips by the pool, held to whole nodes: each placement gets nodes that have room from its first to its
 * last slot beside what runs there, larger gangs first. One that finds none goes to the cheapest place and time that has room
 * on nodes, and waits where there is none. `OnlinePlan.nodes` says which.
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
  readonly haste: number
}

type Packed = Required<Pick<OnlinePlan, 'placements' | 'nodes'>>

function packed(state: OnlineState, plan: OnlinePlan, { hasteYuanPerChipHour: haste }: OnNodesOptions): Packed {
  const { now, snapshot } = state
  const window = windowOf(state, snapshot.jobs)
  const capacity = lockedCapacity(state, window)
  const packing = { window, capacity, rooms: lockedNodes(state, window), energy: energySums(capacity), haste }
  const jobs = new Map(window.jobs.map((job) => [job.name, job]))
  const wanted = plan.placements.flatMap((placement) => {
    const job = jobs.get(placement.job)
    return job ? [{ job, at: shifted(placement, -now) }] : []
  })
  for (const { job, at } of wanted) hold(capacity, blockOf(window, job, at))
  wanted.sort((a, b) => b.job.chips - a.job.chips || a.at.start - b.at.start)
  const nodes = new Map<string, readonly number[]>()
  const stays = wanted.filter(({ job, at }) => take(packing, nodes, { job, at }))
  const moved = wanted.filter((each) => !stays.includes(each)).flatMap((each) => elsewhere(packing, nodes, each))
  return { placements: [...stays, ...moved].map(({ at }) => shifted(at, now)), nodes }
}

interface Placed {
  readonly job: Job
  readonly at: Placement
}

/** Seats the job where it is planned; false where no node has room. */
function take({ rooms }: Packing, nodes: Map<string, readonly number[]>, { job, at }: Placed): boolean {
  const room = rooms.of(at.site, at.chip)
  const stretch = { chips: job.chips, from: at.start, to: at.start + at.slots }
  const own = nodesWithRoom(room, stretch)
  if (!own) return false
  seat(room, own, stretch)
  nodes.set(job.name, own)
  return true
}

/** Gives back what the job held and takes the cheapest place with room for chips, power and on nodes; none where there is none. */
function elsewhere(packing: Packing, nodes: Map<string, readonly number[]>, { job, at }: Placed): Placed[] {
  const { window, capacity, rooms, energy, haste } = packing
  hold(capacity, blockOf(window, job, at), -1)
  const perSlot = ((job.delayYuanPerHour + haste * job.chips) * window.slotMinutes) / 60
  const column = bestFit(capacity, waysOf(window, job), {
    starts: (way) => [job.release, job.deadline - way.slots],
    score: (each) => electricityOf(energy, each) + perSlot * (each.start + each.way.slots),
    allowed: ({ way, start }) => {
      const stretch = { chips: job.chips, from: start, to: start + way.slots }
      return nodesWithRoom(rooms.of(way.site.name, way.pool.chip), stretch) !== undefined
    },
  })
  if (!column) return []
  const placed = { job, at: placementOf(job, column) }
  hold(capacity, blockOf(window, job, placed.at))
  take(packing, nodes, placed)
  return [placed]
}

const placementOf = ({ name }: Job, { way, start }: Column): Placement => ({
  ...{ job: name, site: way.site.name, chip: way.pool.chip },
  ...{ level: way.level, start, slots: way.slots },
})
