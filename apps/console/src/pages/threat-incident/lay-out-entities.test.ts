import type { EntityGraphView } from '@dengta/sdk'
import { expect, test } from 'vitest'
import { layOutEntities } from './lay-out-entities.ts'

const node = (kind: EntityGraphView['nodes'][number]['kind'], name: string, groups = 1) => {
  return { id: `${kind} ${name}`, kind, name, groups, score: 0 }
}
const edge = (from: string, to: string) => ({ from, to, groups: 1 })

const GRAPH: EntityGraphView = {
  nodes: [node('host', 'h1'), node('host', 'h2'), node('address', 'a1'), node('address', 'a2'), node('account', 'x')],
  edges: [edge('host h1', 'address a2'), edge('host h2', 'address a1'), edge('host h1', 'account x')],
}

const crossings = (graph: EntityGraphView) => {
  const { nodes } = layOutEntities(graph)
  const at = new Map(nodes.map((each) => [each.id, each]))
  const spans = graph.edges.map(({ from, to }) => [at.get(from)!, at.get(to)!].sort((a, b) => a.column - b.column))
  return spans.flatMap(([a, b], i) =>
    spans
      .slice(i + 1)
      .filter(
        ([c, d]) => a!.column === c!.column && b!.column === d!.column && (a!.row - c!.row) * (b!.row - d!.row) < 0,
      ),
  ).length
}

test('one column a kind, rows without gaps', () => {
  const { nodes, columns, rows } = layOutEntities(GRAPH)
  expect(columns).toEqual(['address', 'host', 'account'])
  expect(rows).toBe(2)
  for (const column of [0, 1, 2]) {
    const taken = nodes.filter((each) => each.column === column).map(({ row }) => row)
    expect(taken.toSorted()).toEqual(taken.map((_, i) => i))
  }
})

test('lines that need not cross do not', () => {
  expect(crossings(GRAPH)).toBe(0)
})

test('the picture does not depend on the order of the answer', () => {
  const turned = { nodes: GRAPH.nodes.toReversed(), edges: GRAPH.edges.toReversed() }
  const rows = (graph: EntityGraphView) => new Map(layOutEntities(graph).nodes.map(({ id, row }) => [id, row]))
  expect([...rows(turned)].sort()).toEqual([...rows(GRAPH)].sort())
})

test('what an entity touches, itself and strangers left out', () => {
  const { touches } = layOutEntities({
    ...GRAPH,
    edges: [...GRAPH.edges, edge('host h1', 'host h1'), edge('host h2', 'gone')],
  })
  expect([...touches.get('host h1')!].sort()).toEqual(['account x', 'address a2'])
})

test('200 entities and 2,000 lines take little time; none is nothing', () => {
  const nodes = Array.from({ length: 200 }, (_, i) =>
    node((['host', 'address', 'account', 'process'] as const)[i % 4]!, `${i}`),
  )
  const edges = Array.from({ length: 2000 }, (_, i) => edge(nodes[(i * 7) % 200]!.id, nodes[(i * 13 + 1) % 200]!.id))
  const before = process.cpuUsage()
  expect(layOutEntities({ nodes, edges }).nodes).toHaveLength(200)
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(250)
  expect(layOutEntities({ nodes: [], edges: [] })).toMatchObject({ nodes: [], columns: [], rows: 1 })
})
