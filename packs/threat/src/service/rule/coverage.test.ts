import { expect, test } from 'vitest'
import { coverageOf } from './coverage.ts'

const table = new Map([
  ['T1003', { name: 'OS Credential Dumping', tactics: ['credential-access'] }],
  ['T1003.001', { name: 'LSASS Memory', tactics: ['credential-access'] }],
  ['T1059', { name: 'Command and Scripting Interpreter', tactics: ['execution'] }],
])
const rule = (techniques: string[], tactics: string[], hits = 0) => ({ techniques, tactics, hits })
const rules = [
  rule(['T1003.001'], ['credential-access'], 5),
  rule(['T1685', 'T1685'], ['stealth'], 2),
  rule(['T1685', 'T1059.099'], ['execution'], 1),
  rule([], ['stealth']),
]

test('what the matrix does not have is listed apart and counted nowhere else', () => {
  const { tactics, covered, techniques, untagged, notInMatrix } = coverageOf(rules, table)
  expect(notInMatrix).toEqual([
    { id: 'T1685', rules: 2, hits: 3 },
    { id: 'stealth', rules: 2, hits: 2 },
    { id: 'T1059.099', rules: 1, hits: 1 },
  ])
  expect({ covered, techniques, untagged }).toEqual({ covered: 1, techniques: 2, untagged: 1 })
  const cells = tactics.flatMap((tactic) => tactic.techniques)
  expect(cells.map(({ id, rules: count }) => [id, count])).toEqual([
    ['T1059', 0],
    ['T1003', 1],
  ])
})

test('without a table every technique that a rule names has its cell', () => {
  const { covered, notInMatrix, complete, tactics } = coverageOf(rules, undefined)
  expect([covered, complete, notInMatrix.map(({ id }) => id)]).toEqual([3, false, ['stealth']])
  expect(tactics.find(({ id }) => id === 'execution')?.techniques.map(({ id }) => id)).toEqual(['T1059', 'T1685'])
})
