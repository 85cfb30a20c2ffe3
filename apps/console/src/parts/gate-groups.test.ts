import type { GateState, GateView } from '@dengta/sdk'
import { expect, test } from 'vitest'
import { gateGroups } from './gate-groups.ts'

const view = (gate: GateView['gate'], decision: GateState, about = 'x'): GateView => ({
  gate,
  about,
  decision,
  reasons: [],
  basis: [],
})

test.each<[GateState[], GateState, number]>([
  [['OPEN'], 'OPEN', 1],
  [['CLOSED', 'OPEN', 'NOT_PROVEN'], 'OPEN', 1],
  [['CLOSED', 'CLOSED'], 'CLOSED', 0],
  [['CLOSED', 'NOT_PROVEN'], 'NOT_PROVEN', 0],
])('a gate that is %j is told as %s', (states, state, open) => {
  const [group] = gateGroups(states.map((each, i) => view('G3', each, `sub_${i}`)))
  expect(group).toMatchObject({ gate: 'G3', state, open })
  expect(group?.views).toHaveLength(states.length)
})

test('gates keep the order in which they come', () => {
  const groups = gateGroups([view('G1', 'OPEN'), view('G2', 'CLOSED'), view('G3', 'OPEN'), view('G2', 'OPEN')])
  expect(groups.map(({ gate, open }) => [gate, open])).toEqual([
    ['G1', 1],
    ['G2', 1],
    ['G3', 1],
  ])
})
