import { expect, test } from 'vitest'
import { loadRules } from '../../rule/load-rules.ts'
import { draftFilter, type JudgedAlert } from './filter-draft.ts'

const RULE = { id: 'a0d9b1b0-4a5b-4a86-8a57-0b2a1c9d7b11', title: 'Encoded command', logSource: { product: 'windows' } }
const NEW = { filterId: '5b9d2f0e-6c9d-4f45-8a0e-0f1de3d7a001', day: '2026-11-22' }
const alert = (verdict: JudgedAlert['verdict'], image: string, line: string): JudgedAlert => ({
  verdict,
  matched: [
    { field: 'Image', wanted: '*\\powershell.exe', found: [image] },
    { field: 'CommandLine', wanted: '*-enc*', found: [line] },
  ],
})
const ofUser: JudgedAlert = { verdict: 'attack', matched: [{ field: 'User', wanted: 'eve', found: ['eve'] }] }
const PS = 'C:\\Windows\\powershell.exe'

test('what benign alerts have in common becomes a filter of the house, with wildcards taken as they stand', () => {
  const judged = [
    alert('benign', PS, 'backup.ps1 -enc *'),
    alert('benign', PS, 'health -enc'),
    alert('attack', PS, 'x -enc'),
  ]
  const { yaml = '', benign, attacks } = draftFilter(RULE, judged, NEW)
  expect([benign, attacks]).toEqual([2, 1])
  expect(yaml).toContain('CommandLine:\n      - backup.ps1 -enc \\*\n      - health -enc\n')
  const rule = `title: Encoded command\nid: ${RULE.id}\nlogsource: { product: windows }\ndetection:\n  a: { Image: '*' }\n  condition: a\n`
  const files = [
    { path: 'rule.yml', text: rule },
    { path: 'filter.yml', text: yaml },
  ]
  const { rules, filters, invalid } = loadRules(files)
  expect([invalid, filters.length]).toEqual([[], 1])
  expect(rules[0]?.parts.filters).toHaveLength(1)
})

test.each([
  ['nobody judged any benign', [alert('attack', PS, 'x')], /judge its groups first/],
  ['an attack looks the same, case aside', [alert('benign', PS, 'x'), alert('attack', PS, 'X')], /could hide it/],
  [
    'an attack fired by another branch of the rule, whatever its image was',
    [alert('benign', PS, 'x'), ofUser],
    /could hide it/,
  ],
  [
    'values are too many',
    Array.from({ length: 21 }, (_, i) => alert('benign', `${PS}${i}`, `x${i}`)),
    /few values in common/,
  ],
] as const)('there is no draft where %s', (_, judged, said) => {
  const draft = draftFilter(RULE, judged, NEW)
  expect(draft.yaml).toBeUndefined()
  expect(draft.text.en).toMatch(said)
})

test('a field that some benign alert does not have stays out', () => {
  const keyword: JudgedAlert = { verdict: 'benign', matched: [{ field: 'Image', wanted: '*', found: [PS] }] }
  const { yaml } = draftFilter(RULE, [alert('benign', PS, 'x'), keyword], NEW)
  expect(yaml).toContain('Image:')
  expect(yaml).not.toContain('CommandLine')
})
