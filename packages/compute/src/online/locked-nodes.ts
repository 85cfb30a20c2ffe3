import type { Snapshot } from '../model/snapshot.ts'
import { breakChips, idleNodes, type NodeRoom, nodesWithRoom, seat } from './node-room.ts'
import { onlineErrors as errors } from './online-errors.ts'
import type { OnlineState, Running } from './online-state.ts'

/** The nodes of every pool of a window, with what runs and what is broken on them. */
export interface LockedNodes {
  of(site: string, chip: string): NodeRoom
}

/**
 * Runs stay on the nodes that they hold; those of which nobody knows the nodes are put where they fit best. Throws
 * `compute.online.node_unknown` for a run on a node that its pool does not have.
 */
export function lockedNodes({ running, outages, now }: OnlineState, window: Snapshot): LockedNodes {
  const rooms = new Map(
    window.sites.flatMap(({ name, pools }) =>
      pools.map((pool) => [keyOf(name, pool.chip), idleNodes(pool, window.slots)]),
    ),
  )
  const of = (site: string, chip: string): NodeRoom => rooms.get(keyOf(site, chip))!
  const known = running.filter(({ nodes }) => nodes)
  for (const run of known) seat(of(run.site, run.chip), checked(run, of(run.site, run.chip)), seatOf(run, now))
  for (const run of running.filter(({ nodes }) => !nodes)) {
    const room = of(run.site, run.chip)
    seat(room, nodesWithRoom(room, seatOf(run, now)) ?? [], seatOf(run, now))
  }
  for (const out of outages) breakChips(of(out.site, out.chip), { chips: out.chips, from: 0, to: out.until - now })
  return { of }
}

const keyOf = (site: string, chip: string): string => JSON.stringify([site, chip])

const seatOf = ({ chips, until }: Running, now: number) => ({ chips, from: 0, to: until - now })

function checked({ job, site, chip, nodes = [] }: Running, room: NodeRoom): readonly number[] {
  const strange = nodes.find((node) => !(Number.isInteger(node) && node >= 0 && node < room.nodes))
  if (strange !== undefined) throw errors.node_unknown({ job, site, chip, node: strange, nodes: room.nodes })
  return nodes
}
