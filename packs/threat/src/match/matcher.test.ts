import { beforeAll, describe, expect, test } from 'vitest'
import type { Format } from '../normalise/format.ts'
import { loadMappings } from '../normalise/mapping-files.ts'
import { loadRules } from '../rule/load-rules.ts'
import type { Rule } from '../rule/rule.ts'
import { Matcher } from './matcher.ts'
import { matchPlainly, normalise } from './plain-matcher.ts'

let formats: readonly Format[] = []
beforeAll(async () => {
  formats = await loadMappings()
})

function rulesOf(detections: Readonly<Record<string, string>>): readonly Rule[] {
  const text = Object.entries(detections)
    .map(([id, detection]) => `title: ${id}\nid: ${id}\nlogsource: {product: windows}\ndetection: ${detection}\n`)
    .join('---\n')
  const set = loadRules([{ path: 'r.yml', text }])
  expect(set.invalid).toEqual([])
  return set.rules
}

function matchLine(rules: readonly Rule[], line: string): { ids: string[]; fault: string | undefined } {
  const bytes = Buffer.from(`${line}\n`)
  const ids: string[] = []
  const outcome = new Matcher(rules, formats).match(bytes, 0, bytes.length - 1, (rule) => ids.push(rule.id))
  return { ids: ids.sort(), fault: 'fault' in outcome ? outcome.fault : undefined }
}

const RULES = {
  contains: '{s: {Image|contains: mimi}, condition: s}',
  ends: "{s: {Image|endswith: '\\cmd.exe'}, condition: s}",
  starts: "{s: {Image|startswith: 'C:\\'}, condition: s}",
  equals: '{s: {EventID: 1}, condition: s}',
  cased: '{s: {User|cased: Admin}, condition: s}',
  wild: "{s: {Image: 'c:\\\\*?md.exe'}, condition: s}",
  regex: "{s: {CommandLine|re: '(?i)foo[0-9]+bar'}, condition: s}",
  empty: "{s: {Image: ''}, condition: s}",
  absent: '{s: {Image: null}, condition: s}',
  exists: '{s: {User|exists: true}, condition: s}',
  fewer: '{s: {Size|lt: 10}, condition: s}',
  cidr: "{s: {Ip|cidr: '10.0.0.0/8'}, condition: s}",
  reference: '{s: {User|fieldref: Owner}, condition: s}',
  refuses: '{s: {EventID: 1}, f: {User: root}, condition: s and not f}',
  keyword: '{k: [sekurlsa, kiwi], condition: k}',
  hour: '{s: {Time|hour: 3}, condition: s}',
  neq: '{s: {User|neq: root}, condition: s}',
  boolean: '{s: {Signed: true}, condition: s}',
  nested: '{s: {a.b.c: deep}, condition: s}',
}

const EVENTS: readonly unknown[] = [
  { Image: 'C:\\Windows\\CMD.exe', EventID: 1, User: 'Admin', Owner: 'admin' },
  { Image: 'x mimikatz "q"\n', EventID: '1', User: 'root', CommandLine: 'FOO12bar' },
  { Image: '', User: 'ROOT', Size: 9, Ip: '10.9.8.7', Time: '2024-05-05T03:04:05Z' },
  { Image: null, Size: '12', Ip: '::1', Signed: true, Time: 'yesterday' },
  { Other: ['x', { y: 'SEKURLSA' }], a: { b: { c: 'deep' } }, Signed: 'TRUE', EventID: 1.0 },
  { 'a.b': { c: 'Deep' }, 'Event ID': 1, User: 'admin', Image: 'é C:\\cmd.exe' },
  { a: [{ b: { c: ['x', 'deep'] } }], Size: 1e1, Image: '\u212amimi' },
]

describe('the matcher on bytes equals the plain meaning', () => {
  test.each(EVENTS.map((event) => [JSON.stringify(event)]))('%s', (line) => {
    const rules = rulesOf(RULES)
    const tagged = `{"_product":"windows",${line.slice(1)}`
    const expected = matchPlainly(rules, normalise(JSON.parse(tagged), formats)).map((rule) => rule.id)
    const { ids } = matchLine(rules, tagged)
    expect(ids).toEqual(expected.sort())
    expect(ids.length).toBeGreaterThan(0)
  })
})

test('an escape hides nothing', () => {
  const rules = rulesOf(RULES)
  const hidden = '{"_product":"windows","\\u0049mage":"C:\\\\\\u0063md.exe","x":"s\\u0065kurlsa"}'
  expect(matchLine(rules, hidden).ids).toEqual(expect.arrayContaining(['ends', 'keyword', 'starts', 'wild']))
})

test.each([
  ['{"a":1', 'not_json'],
  ['{"a":"\u0001"}', 'not_json'],
  ['{"a":"\\x"}', 'not_json'],
  ['[1]', 'not_json'],
  ['{"a":"\\u12"}', 'not_json'],
  ['{"a":01}', 'not_json'],
  ['{"a":1-2}', 'not_json'],
  ['{"a":-}', 'not_json'],
  ['{"a":1} x', 'not_json'],
  ['{"a":tru}', 'not_json'],
  [`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`, 'too_deep'],
])('a line that is no event is told apart: %#', (line, fault) => {
  expect(matchLine(rulesOf({ any: '{s: {a: 1}, condition: s}' }), line).fault).toBe(fault)
})

test('a regular expression made to explode does not stall', () => {
  const rules = rulesOf({ bomb: "{s: {CommandLine|re: '(a+)+$'}, condition: s}" })
  const began = performance.now()
  matchLine(rules, JSON.stringify({ _product: 'windows', CommandLine: `${'a'.repeat(5000)}!` }))
  expect(performance.now() - began).toBeLessThan(2000)
})
