import { expect, test } from 'vitest'
import { actionTo, asPlaybook, idOf, playbookOf, seededRandom } from './playbook.fixture.ts'
import { playbookLayout } from './playbook-layout.ts'
import { playbookOutline } from './playbook-outline.ts'

const [start, end, check, one, two] = [
  idOf('start', 1),
  idOf('end', 4),
  idOf('if-condition', 5),
  idOf('action', 6),
  idOf('action', 7),
]

const forked = asPlaybook(
  playbookOf({
    [start]: { type: 'start', on_completion: check },
    [check]: {
      type: 'if-condition',
      name: 'Critical?',
      condition: '__x__:value = 1',
      on_true: one,
      on_false: two,
      on_completion: end,
    },
    [one]: actionTo(idOf('end', 8), { name: 'One' }),
    [two]: actionTo(idOf('end', 8), { name: 'Two' }),
    [idOf('end', 8)]: { type: 'end' },
    [end]: { type: 'end' },
  }),
)

test('lays a fork out in layers', () => {
  const { nodes, layers, rows, edges } = playbookLayout(forked)
  const places = Object.fromEntries(nodes.map(({ id, layer, row }) => [id, [layer, row]]))
  expect([layers, rows]).toEqual([4, 3])
  expect(places[start]).toEqual([0, 0])
  expect(places[check]).toEqual([1, 0])
  expect([places[one]?.[0], places[two]?.[0], places[end]?.[0], places[idOf('end', 8)]?.[0]]).toEqual([2, 2, 2, 3])
  expect(edges.filter(({ from }) => from === check).map(({ kind }) => kind)).toEqual(['true', 'false', 'completion'])
})

test('on 100 random workflows every edge goes to a greater layer and no two steps share a place', () => {
  const random = seededRandom(7)
  for (let round = 0; round < 100; round += 1) {
    const ids = Array.from({ length: 2 + Math.floor(random() * 30) }, (_, i) => idOf('parallel', i + 10))
    const steps = ids.map((id, i) => {
      const later = [...ids.slice(i + 1), end]
      return [
        id,
        { type: 'parallel', next_steps: [0, 1].map(() => later[Math.floor(random() * later.length)]) },
      ] as const
    })
    const { nodes, edges } = playbookLayout(
      asPlaybook(
        playbookOf({
          [start]: { type: 'start', on_completion: ids[0] },
          ...Object.fromEntries(steps),
          [end]: { type: 'end' },
        }),
      ),
    )
    const layerOf = new Map(nodes.map(({ id, layer }) => [id, layer]))
    for (const { from, to } of edges) expect(layerOf.get(to)).toBeGreaterThan(layerOf.get(from) as number)
    expect(new Set(nodes.map(({ layer, row }) => `${layer} ${row}`)).size).toBe(nodes.length)
  }
})

test('writes the outline in both languages', () => {
  expect(playbookOutline(forked, 'en')).toBe(
    `Test

1. Start
2. If · Critical? (__x__:value = 1)
  3. if so: Action · One
  4. End
  5. otherwise: Action · Two
  see step 4
6. End
`,
  )
  expect(playbookOutline(forked, 'zh')).toContain('  3. 成立时：动作 · One')
})
