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
 * The nodes on which a gang fits from its first to its last slot, or undefined. Up to one node: best fit, the node with the
 * least room that is enough, then the one that is fuller on the whole. Above: whole nodes, all idle.
 */
export function nodesWithRoom(room: NodeRoom, { chips, from, to }: Seat): readonly number[] | undefined {
  const stretch = { from, to: Math.min(to, room.slots) }
  if (chips > room.nodeSize) return idleAmong(room, Math.ceil(chips / room.nodeSize), stretch)
  let best: { readonly node: number; readonly least: number; readonly sum: number } | undefined
  for (let node = 0; node < room.nodes; node += 1) {
    const { least, sum } = roomOn(room, node, stretch)
    if (least < chips || (best && (least > best.least || (least === best.least && sum >= best.sum)))) continue
    best = { node, least, sum }
  }
  return best && [best.node]
}

type Stretch = Pick<Seat, 'from' | 'to'>

function idleAmong(room: NodeRoom, wanted: number, stretch: Stretch): readonly number[] | undefined {
  const idle: number[] = []
  for (let node = 0; node < room.nodes && idle.length < wanted; node += 1)
    if (roomOn(room, node, stretch).least >= room.nodeSize) idle.push(node)
  return idle.length < wanted ? undefined : idle
}

function roomOn({ free, slots }: NodeRoom, node: number, { from, to }: Stretch): { least: number; sum: number } {
  let least = Number.POSITIVE_INFINITY
  let sum = 0
  for (let t = node * slots + from; t < node * slots + to; t += 1) {
    sum += free[t]!
    if (free[t]! < least) least = free[t]!
  }
  return { least, sum }
}

/** Puts a gang on nodes, whether they have room or not: what runs, runs. Above one node it holds them whole. */
export function seat({ free, nodeSize, slots }: NodeRoom, nodes: readonly number[], { chips, from, to }: Seat): void {
  const each = chips > nodeSize ? nodeSize : chips
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
