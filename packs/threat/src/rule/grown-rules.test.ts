import { AppError } from '@dengta/kernel'
import { expect, test } from 'vitest'
import { readItem } from './item.ts'
import { loadRules } from './load-rules.ts'

const head = 'title: T\nid: r1\nlogsource: {product: windows}\n'
const load = (detection: string) => loadRules([{ path: 'a.yml', text: `${head}detection: ${detection}\n` }])

test.each([
  ['windash over many parts', `{s: {A|windash: '${' -a*'.repeat(30)}'}, condition: s}`],
  ['windash again and again', `{s: {A${'|windash'.repeat(16)}: ' -a'}, condition: s}`],
  ['base64offset again and again', `{s: {A${'|base64offset'.repeat(16)}: abc}, condition: s}`],
  ['wide again and again', `{s: {A${'|wide'.repeat(16)}: '${'x'.repeat(1000)}'}, condition: s}`],
  ['windash in a long list', `{s: {A|windash: [${"' -a -a -a -a -a',".repeat(5000)}]}, condition: s}`],
  [
    'windash in many fields',
    `{s: {${Array.from({ length: 5000 }, (_, i) => `A${i}|windash: ' -a -a -a -a -a'`).join(',')}}, condition: s}`,
  ],
])('%s is refused before it is all made', (_, detection) => {
  const begun = process.cpuUsage()
  const { rules, invalid } = load(detection)
  const { user, system } = process.cpuUsage(begun)
  expect([rules.length, invalid.map(({ code }) => code)]).toEqual([0, ['threat_rule.too_large']])
  expect((user + system) / 1e6).toBeLessThan(3)
})

test.each([
  ['a thousand modifiers', `{s: {A${'|cased'.repeat(1000)}: x}, condition: s}`],
  ['a field of 100,000 levels', `{s: {'${'a.'.repeat(100_000)}': x}, condition: s}`],
  ['a field of 5,000 characters', `{s: {${'a'.repeat(5000)}: x}, condition: s}`],
  ['a reference to a field of 100,000 levels', `{s: {A|fieldref: '${'a.'.repeat(100_000)}'}, condition: s}`],
])('%s is refused', (_, detection) => {
  expect(load(detection).invalid).toMatchObject([{ code: 'threat_rule.unsupported' }])
})

test.each([
  ['f|contains|re', 'a+'],
  ['f|windash|re', ' -a'],
  ['f|expand|re', '%admins%'],
  ['f|contains|cidr', '10.0.0.0/8'],
  ['f|base64|cidr', '10.0.0.0/8'],
])('%s would lose what its first modifier says, and is refused', (key, value) => {
  expect(() => readItem(key, value)).toThrow(AppError)
})

test.each([
  ['f|all|re', ['a+', 'b+']],
  ['f|neq|cidr', '10.0.0.0/8'],
  ['f|neq|all|re|i', ['a', 'b']],
  ['f|re|i|m|s', 'a'],
])('%s is read', (key, value) => {
  expect(readItem(key, value).values.length).toBe([value].flat().length)
})
