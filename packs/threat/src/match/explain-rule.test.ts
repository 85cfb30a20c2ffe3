import { expect, test } from 'vitest'
import { oneEvent } from '../detect/one-event.ts'
import { loadMappings } from '../normalise/mapping-files.ts'
import { loadRules } from '../rule/load-rules.ts'
import { type Explanation, explainPart, matchedFields } from './explain.ts'
import { explainRule } from './explain-rule.ts'
import { normalise } from './plain-matcher.ts'

const TEXT = `title: Shell
id: shell
logsource: {product: windows, category: process_creation}
detection:
  image: {Image|endswith: ['\\cmd.exe', '\\sh.exe']}
  user: {User: SYSTEM}
  spare: [mimikatz]
  condition:
    - image and not user
    - 1 of other_*
---
title: Not the build host
logsource: {product: windows}
filter:
  rules: [shell]
  host: {Computer: build}
  condition: not host
`

async function explained(event: object) {
  const { rules, invalid } = loadRules([{ path: 'r.yml', text: TEXT }])
  expect(invalid).toEqual([])
  return explainRule(event, rules[0]!, await loadMappings())
}

const EVENT = { Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: 1, Image: 'C:\\cmd.exe', User: 'bob' }

test('every detection is told by name, then the conditions and the filters', async () => {
  const { fires, format, logSource, detections, conditions, filters } = await explained(EVENT)
  expect([fires, format, logSource.fits, logSource.found.category]).toEqual([
    true,
    'windows-flat',
    true,
    'process_creation',
  ])
  expect(detections.map(({ name, why }) => `${name} ${why.holds}`)).toEqual(['image true', 'user false', 'spare false'])
  expect(detections[0]?.why).toEqual({
    kind: 'or',
    holds: true,
    parts: [
      { kind: 'match', holds: true, field: 'Image', wanted: '*\\cmd.exe', found: ['C:\\cmd.exe'] },
      { kind: 'match', holds: false, field: 'Image', wanted: '*\\sh.exe', found: ['C:\\cmd.exe'] },
    ],
  })
  expect(conditions).toEqual([
    { text: 'image and not user', holds: true, namesNothing: false },
    { text: '1 of other_*', holds: false, namesNothing: true },
  ])
  expect(filters).toMatchObject([{ name: 'Not the build host', why: { kind: 'not', holds: true } }])
})

test.each([
  ['a filter that does not hold', { ...EVENT, Computer: 'build' }],
  ['conditions that do not hold', { ...EVENT, User: 'SYSTEM' }],
  ['another log source', { ...EVENT, EventID: 3 }],
])('%s keeps the rule from firing', async (_, event) => {
  expect((await explained(event)).fires).toBe(false)
})

const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`

test.each([
  ['{"a": 1', 'not_json'],
  ['[{}]', 'not_an_object'],
  ['null', 'not_an_object'],
  [nested(65), 'too_deep'],
  ['['.repeat(200_000), 'not_json'],
])('what is no event is told why: %#', (text, fault) => {
  expect(oneEvent(text)).toEqual({ fault })
})

test('an event of 64 levels is read', () => {
  expect(oneEvent(nested(64))).toEqual({ event: JSON.parse(nested(64)) })
})

/** What the verdict tree says, the long way. */
function heldOutsideNot(why: Explanation): unknown[] {
  if (!why.holds || why.kind === 'not') return []
  if (why.kind !== 'match') return why.parts.flatMap(heldOutsideNot)
  return [{ field: why.field, wanted: why.wanted, found: why.found }]
}

test.each([
  's',
  's and t',
  's or t',
  'not t',
  'u or not t',
  't or not u',
  's and not (t or u)',
  'not not s',
  '1 of x*',
  'k',
])('what an alert shows is what holds in the verdict, outside every not: %s', (condition) => {
  const named = 's: {Image|endswith: [cmd.exe, calc.exe]}, t: {User: root}, u: {User|startswith: b}, k: [BOB]'
  const text = `title: T\nlogsource: {product: windows}\ndetection: {${named}, condition: ${condition}}\n`
  const [rule] = loadRules([{ path: 'r.yml', text }]).rules
  const { view } = normalise({ Image: 'C:\\cmd.exe', User: 'bob' }, [])
  expect(matchedFields(rule!.expression, view)).toEqual(heldOutsideNot(explainPart(rule!.expression, view)))
})
