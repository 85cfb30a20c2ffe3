import type { PlaybookDetail } from '@dengta/sdk'

type Graph = PlaybookDetail['graph']
export type GraphNode = Graph['nodes'][number]

/** Pixels of a step and of the room between steps. */
export const STEP = { wide: 158, tall: 52, gapX: 44, gapY: 20, edge: 14 } as const

/** Upper left corner of a step; shorter layers stand in the middle. */
export function cornerOf(node: GraphNode, { nodes, rows }: Graph): { readonly x: number; readonly y: number } {
  const own = nodes.filter(({ layer }) => layer === node.layer).length
  const shift = ((rows - own) * (STEP.tall + STEP.gapY)) / 2
  return {
    x: STEP.edge + node.layer * (STEP.wide + STEP.gapX),
    y: STEP.edge + shift + node.row * (STEP.tall + STEP.gapY),
  }
}

/** Size of the whole picture; a row below is left free for ways that lead back. */
export function graphSize({ layers, rows, edges }: Graph): { readonly wide: number; readonly tall: number } {
  const back = edges.some((edge) => edge.back) ? 30 : 0
  return {
    wide: 2 * STEP.edge + layers * (STEP.wide + STEP.gapX) - STEP.gapX,
    tall: 2 * STEP.edge + rows * (STEP.tall + STEP.gapY) - STEP.gapY + back,
  }
}

/** The line of an edge as an SVG path, and where its word stands. Ways back run below all steps. */
export function edgePath(edge: Graph['edges'][number], graph: Graph) {
  const from = graph.nodes.find(({ id }) => id === edge.from)
  const to = graph.nodes.find(({ id }) => id === edge.to)
  if (!from || !to) return undefined
  const [a, b] = [cornerOf(from, graph), cornerOf(to, graph)]
  const [x1, y1] = [a.x + STEP.wide, a.y + STEP.tall / 2]
  const [x2, y2] = [b.x, b.y + STEP.tall / 2]
  if (edge.back) {
    const low = graphSize(graph).tall - 8
    const [ax, bx] = [a.x + STEP.wide / 2, b.x + STEP.wide / 2]
    const path = `M${ax} ${a.y + STEP.tall}V${low - 6}Q${ax} ${low} ${ax - 6} ${low}H${bx + 6}Q${bx} ${low} ${bx} ${low - 6}V${b.y + STEP.tall + 3}`
    return { path, at: { x: (ax + bx) / 2, y: low - 4 } }
  }
  const bend = Math.max(18, (x2 - x1) / 2)
  return {
    path: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2 - 3} ${y2}`,
    at: { x: (x1 + x2) / 2, y: (y1 + y2) / 2 + 4 },
  }
}
