import type { EntityGraphView } from '@dengta/sdk'

type Node = EntityGraphView['nodes'][number]
type Kind = Node['kind']

/** Columns from left to right: where something comes from, what it met, who acted there, and by what. */
const COLUMNS: readonly Kind[] = ['address', 'host', 'account', 'process']

export interface PlacedEntity extends Node {
  /** Column of its kind, and row within it from 0. */
  readonly column: number
  readonly row: number
}

export interface EntityLayout {
  readonly nodes: readonly PlacedEntity[]
  readonly columns: readonly Kind[]
  /** Rows of the longest column. */
  readonly rows: number
  /** Ids that each entity is joined with. */
  readonly touches: ReadonlyMap<string, ReadonlySet<string>>
}

const SWEEPS = 6

/**
 * One column for each kind; rows by the mean row of what an entity touches, swept from both sides, so that lines cross little.
 * The same graph always gives the same picture, in whatever order it comes.
 */
export function layOutEntities({ nodes, edges }: EntityGraphView): EntityLayout {
  const touches = neighbours(nodes, edges)
  const columns = COLUMNS.filter((kind) => nodes.some((node) => node.kind === kind))
  const lanes = columns.map((kind) => nodes.filter((node) => node.kind === kind).toSorted(byWeight))
  const places = new Map<string, number>()
  const settle = (lane: readonly Node[]) => {
    for (const [row, { id }] of lane.entries()) places.set(id, row - (lane.length - 1) / 2)
  }
  lanes.forEach(settle)
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const order = sweep % 2 === 0 ? lanes : lanes.toReversed()
    for (const lane of order) settle(sortByMeans(lane, places, touches))
  }
  const placed = lanes.flatMap((lane, column) => lane.map((node, row) => ({ ...node, column, row })))
  return { nodes: placed, columns, rows: Math.max(1, ...lanes.map((lane) => lane.length)), touches }
}

/** Sorts a lane in place by the mean place of neighbours; what touches nothing stays where it is. */
function sortByMeans(lane: Node[], places: ReadonlyMap<string, number>, touches: EntityLayout['touches']): Node[] {
  const means = new Map(
    lane.map(({ id }) => {
      const around = [...(touches.get(id) ?? [])].map((other) => places.get(other) ?? 0)
      const mean = around.reduce((sum, place) => sum + place, 0) / around.length
      return [id, around.length === 0 ? (places.get(id) ?? 0) : mean] as const
    }),
  )
  return lane.sort((a, b) => means.get(a.id)! - means.get(b.id)! || byWeight(a, b))
}

const byWeight = (a: Node, b: Node): number => b.groups - a.groups || (a.id < b.id ? -1 : 1)

function neighbours(nodes: readonly Node[], edges: EntityGraphView['edges']): Map<string, Set<string>> {
  const touches = new Map(nodes.map(({ id }) => [id, new Set<string>()]))
  for (const { from, to } of edges) {
    if (from === to) continue
    touches.get(from)?.add(to)
    touches.get(to)?.add(from)
  }
  return touches
}
