import type { Pool } from '../model/snapshot.ts'

/** Chips that are free on every node of a pool, slot by slot: node `n`, slot `t` lies at `n * slots + t`. Changed in place. */
export interface NodeRoom {
  readonly nodeSize: number
  readonly nodes: number
  readonly slots: number
  readonly free: Float64Array
}

/** A gang on the nodes of a pool for a stretch of slots. */
export interface Seat {
  readonly chips: number
  readonly from: number
  readonly to: number
}

/** All nodes idle; where the count of the pool is no multiple of the node size, the last node is smaller. */
export function idleNodes({ count, nodeSize }: Pool, slots: number): NodeRoom {
  const nodes = Math.ceil(count / nodeSize)
  const free = Float64Array.from({ length: nodes * slots }, (_, i) => {
    const before = Math.floor(i / slots) * nodeSize
    return Math.min(nodeSize, count - before)
  })
  return { nodeSize, nodes, slots, free }
}

/**
 * The nodes on which a gang fits from its first to its last slot, or undefined. Up to one node: the one of whose idle slots it
 * breaks the fewest, so that nodes stay whole for gangs; of these best fit, the least room that is enough. Above: idle nodes.
 */
export function nodesWithRoom(room: NodeRoom, { chips, from, to }: Seat): readonly number[] | undefined {
  const stretch = { from, to: Math.min(to, room.slots) }
  if (chips > room.nodeSize) return idleAmong(room, Math.ceil(chips / room.nodeSize), stretch)
  let best: (Room & { readonly node: number }) | undefined
  for (let node = 0; node < room.nodes; node += 1) {
    const own = roomOn(room, node, stretch)
    if (own.least >= chips && (!best || isTighter(own, best))) best = { node, ...own }
  }
  return best && [best.node]
}

const isTighter = (a: Room, b: Room): boolean => (a.idle - b.idle || a.least - b.least || a.sum - b.sum) < 0

type Stretch = Pick<Seat, 'from' | 'to'>

function idleAmong(room: NodeRoom, wanted: number, stretch: Stretch): readonly number[] | undefined {
  const idle: number[] = []
  for (let node = 0; node < room.nodes && idle.length < wanted; node += 1)
    if (roomOn(room, node, stretch).least >= room.nodeSize) idle.push(node)
  return idle.length < wanted ? undefined : idle
}

/** What a node has free in a stretch: slots without any gang, the least of all slots, and their sum. */
interface Room {
  readonly idle: number
  readonly least: number
  readonly sum: number
}

function roomOn({ free, slots, nodeSize }: NodeRoom, node: number, { from, to }: Stretch): Room {
  let idle = 0
  let least = Number.POSITIVE_INFINITY
  let sum = 0
  for (let t = node * slots + from; t < node * slots + to; t += 1) {
    const own = free[t]!
    sum += own
    if (own >= nodeSize) idle += 1
    if (own < least) least = own
  }
  return { idle, least, sum }
}

/** Puts a gang on nodes, whether they have room or not, or takes it off (`sign` -1). Above one node it holds them whole. */
export function seat(room: NodeRoom, nodes: readonly number[], { chips, from, to }: Seat, sign: 1 | -1 = 1): void {
  const { free, nodeSize, slots } = room
  const each = sign * Math.min(chips, nodeSize)
  for (const node of nodes) for (let t = from; t < Math.min(to, slots); t += 1) free[node * slots + t]! -= each
}

/** Takes broken chips of which nobody knows the node: from the nodes with the most room first, as long as there is any. */
export function breakChips({ free, nodes, slots }: NodeRoom, { chips, from, to }: Seat): void {
  const byRoom = Array.from({ length: nodes }, (_, node) => node).sort(
    (a, b) => free[b * slots + from]! - free[a * slots + from]! || a - b,
  )
  let left = chips
  for (const node of byRoom) {
    const broken = Math.min(left, Math.max(0, free[node * slots + from]!))
    for (let t = from; t < Math.min(to, slots); t += 1) free[node * slots + t]! -= broken
    left -= broken
  }
}
