import { entryOf, type Identifier, type Playbook, type WorkflowStep } from './playbook.ts'
import { type Edge, edgesOf } from './workflow-edges.ts'
import { walkWorkflow } from './workflow-graph.ts'

export interface LayoutNode {
  readonly id: Identifier
  readonly type: WorkflowStep['type']
  readonly name: string
  /** 0 for the start; every edge that is no loop goes to a greater layer. */
  readonly layer: number
  /** Place within the layer, from 0. */
  readonly row: number
}

export interface LayoutEdge extends Pick<Edge, 'from' | 'to' | 'kind'> {
  /** Leads back to a while-condition. */
  readonly back: boolean
}

export interface PlaybookLayout {
  readonly nodes: readonly LayoutNode[]
  readonly edges: readonly LayoutEdge[]
  readonly layers: number
  /** Nodes of the widest layer. */
  readonly rows: number
}

/**
 * Layers and rows of a workflow for drawing (Sugiyama's scheme: longest path for layers, barycentres for rows, two sweeps).
 * Linear in edges but for the sort of each layer.
 */
export function playbookLayout(playbook: Playbook): PlaybookLayout {
  const { reached, back } = walkWorkflow(playbook)
  const loops = new Set(back.map(({ from, to }) => `${from} ${to}`))
  const edges = reached.flatMap((id) =>
    edgesOf(id, playbook.workflow[id] as WorkflowStep)
      .filter(({ to }) => entryOf(playbook.workflow, to))
      .map(({ from, to, kind }) => ({ from, to, kind, back: loops.has(`${from} ${to}`) })),
  )
  const layerOf = longestPaths(reached, edges)
  const layers = orderRows(group(reached, layerOf), edges)
  const nodes = layers.flatMap((ids, layer) =>
    ids.map((id, row) => {
      const { type, name } = playbook.workflow[id] as WorkflowStep
      return { id, type, name: name ?? type, layer, row }
    }),
  )
  return { nodes, edges, layers: layers.length, rows: layers.reduce((most, { length }) => Math.max(most, length), 0) }
}

/** Kahn's order over the edges that are no loops, each node one layer behind its last predecessor. */
function longestPaths(ids: readonly Identifier[], edges: readonly LayoutEdge[]): ReadonlyMap<Identifier, number> {
  const layerOf = new Map(ids.map((id) => [id, 0]))
  const forward = edges.filter((edge) => !edge.back)
  const waiting = new Map(ids.map((id) => [id, 0]))
  for (const { to } of forward) waiting.set(to, (waiting.get(to) ?? 0) + 1)
  const after = groupBy(forward, ({ from }) => from)
  const ready = ids.filter((id) => waiting.get(id) === 0)
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    for (const { to } of after.get(id) ?? []) {
      layerOf.set(to, Math.max(layerOf.get(to) as number, (layerOf.get(id) as number) + 1))
      const left = (waiting.get(to) as number) - 1
      waiting.set(to, left)
      if (left === 0) ready.push(to)
    }
  }
  return layerOf
}

function group(ids: readonly Identifier[], layerOf: ReadonlyMap<Identifier, number>): Identifier[][] {
  const layers: Identifier[][] = []
  for (const id of ids) {
    const layer = layerOf.get(id) ?? 0
    while (layers.length <= layer) layers.push([])
    layers[layer]?.push(id)
  }
  return layers
}

function orderRows(layers: Identifier[][], edges: readonly LayoutEdge[]): Identifier[][] {
  const rowOf = new Map(layers.flatMap((ids) => ids.map((id, row) => [id, row] as const)))
  const before = groupBy(edges, ({ to }) => to)
  const after = groupBy(edges, ({ from }) => from)
  for (const ids of layers) sortLayer(ids, rowOf, (id) => (before.get(id) ?? []).map(({ from }) => from))
  for (const ids of layers.toReversed()) sortLayer(ids, rowOf, (id) => (after.get(id) ?? []).map(({ to }) => to))
  return layers
}

type Neighbours = (id: Identifier) => readonly Identifier[]

/** Sorts by the mean row of the neighbours; ties keep their order, so that equal playbooks are drawn alike. */
function sortLayer(ids: Identifier[], rowOf: Map<Identifier, number>, neighbours: Neighbours): void {
  const middle = new Map(
    ids.map((id, row) => {
      const rows = neighbours(id).map((each) => rowOf.get(each) ?? 0)
      return [id, rows.length === 0 ? row : rows.reduce((sum, each) => sum + each, 0) / rows.length]
    }),
  )
  ids.sort((a, b) => (middle.get(a) as number) - (middle.get(b) as number))
  for (const [row, id] of ids.entries()) rowOf.set(id, row)
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const list = groups.get(key(item))
    if (list) list.push(item)
    else groups.set(key(item), [item])
  }
  return groups
}
