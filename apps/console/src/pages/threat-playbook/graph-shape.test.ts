import { expect, test } from 'vitest'
import { cornerOf, edgePath, graphSize, STEP } from './graph-shape.ts'

const node = (id: string, layer: number, row: number) => ({ id, type: 'action', name: { en: id, zh: id }, layer, row })
const GRAPH = {
  nodes: [node('a', 0, 0), node('b', 1, 0), node('c', 1, 1), node('d', 2, 0)],
  edges: [
    { from: 'a', to: 'b', kind: 'true', back: false },
    { from: 'd', to: 'a', kind: 'completion', back: true },
    { from: 'd', to: 'gone', kind: 'completion', back: false },
  ],
  layers: 3,
  rows: 2,
}

test('steps of one layer stand above each other, a lone one in the middle', () => {
  const [a, b, c] = GRAPH.nodes.slice(0, 3).map((each) => cornerOf(each, GRAPH))
  expect(b!.x).toBe(c!.x)
  expect(c!.y - b!.y).toBe(STEP.tall + STEP.gapY)
  expect(a!.y).toBe((b!.y + c!.y) / 2)
})

test('every step lies inside the picture', () => {
  const { wide, tall } = graphSize(GRAPH)
  for (const each of GRAPH.nodes) {
    const { x, y } = cornerOf(each, GRAPH)
    expect(x + STEP.wide).toBeLessThanOrEqual(wide)
    expect(y + STEP.tall).toBeLessThanOrEqual(tall)
  }
})

test('a way back runs below the steps; a way to nowhere is not drawn', () => {
  const lowest = Math.max(...GRAPH.nodes.map((each) => cornerOf(each, GRAPH).y + STEP.tall))
  expect(edgePath(GRAPH.edges[1]!, GRAPH)!.at.y).toBeGreaterThan(lowest)
  expect(edgePath(GRAPH.edges[0]!, GRAPH)!.path).toMatch(/^M\d/)
  expect(edgePath(GRAPH.edges[2]!, GRAPH)).toBeUndefined()
})
