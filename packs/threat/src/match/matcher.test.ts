import { beforeAll, describe, expect, test } from 'vitest'
import type { Format } from '../normalise/format.ts'
import { loadMappings } from '../normalise/mapping-files.ts'
import { loadRules } from '../rule/load-rules.ts'
import type { Rule } from '../rule/rule.ts'
import { KeyTable } from './key-table.ts'
import { LineMatcher } from './line-matcher.ts'
import { Matcher } from './matcher.ts'
import { PlainKit } from './plain-kit.ts'
import { matchPlainly, normalise } from './plain-matcher.ts'
import { RuleMeter } from './rule-meter.ts'
import { LAST_EVENT, type ScanKit } from './scan-kit.ts'
import { WasmKit } from './wasm-kit.ts'

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

type Engine = 'wasm' | 'plain'

function matchLine(rules: readonly Rule[], line: string, engine: Engine): { ids: string[]; fault: string | undefined } {
  return matchWith(new Matcher(rules, formats, { engine }), line)
}

function matchWith(matcher: Matcher, line: string): { ids: string[]; fault: string | undefined } {
  const bytes = Buffer.from(`${line}\n`)
  const ids: string[] = []
  const outcome = matcher.match(bytes, 0, bytes.length - 1, (rule) => ids.push(rule.id))
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
  spaced: "{s: {User|fieldref: 'Own er'}, condition: s}",
  refuses: '{s: {EventID: 1}, f: {User: root}, condition: s and not f}',
  keyword: '{k: [sekurlsa, kiwi], condition: k}',
  number: '{k: [4104], condition: k}',
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
  { Message: 'id 4104 seen' },
  { User: 'a', 'Own er': 'A' },
  { a: [{ b: { c: ['x', 'deep'] } }], Size: 1e1, Image: '\u212amimi' },
]

describe.each<Engine>(['wasm', 'plain'])('the matcher on bytes equals the plain meaning: %s', (engine) => {
  test.each(EVENTS.map((event) => [JSON.stringify(event)]))('%s', (line) => {
    const rules = rulesOf(RULES)
    const tagged = `{"_product":"windows",${line.slice(1)}`
    const expected = matchPlainly(rules, normalise(JSON.parse(tagged), formats)).map((rule) => rule.id)
    const { ids } = matchLine(rules, tagged, engine)
    expect(ids).toEqual(expected.sort())
    expect(ids.length).toBeGreaterThan(0)
  })
})

test.each<Engine>(['wasm', 'plain'])('an escape hides nothing: %s', (engine) => {
  const rules = rulesOf(RULES)
  const hidden = '{"_product":"windows","\\u0049mage":"C:\\\\\\u0063md.exe","x":"s\\u0065kurlsa"}'
  expect(matchLine(rules, hidden, engine).ids).toEqual(expect.arrayContaining(['ends', 'keyword', 'starts', 'wild']))
})

test.each<Engine>(['wasm', 'plain'])(
  'a field whose name begins with a dot or is blank blinds no other rule: %s',
  (engine) => {
    const rules = rulesOf({ dot: "{s: {'.x': 1}, condition: s}", x: '{s: {x: 1}, condition: s}', equals: RULES.equals })
    for (const [line, ids] of [
      ['{"_product":"windows","EventID":1}', ['equals']],
      ['{"_product":"windows","x":1}', ['x']],
      ['{"_product":"windows","":{"x":1}}', ['dot']],
      ['{"_product":"windows"," ":{"x":1},".x":2}', ['dot']],
    ] as const) {
      expect(matchLine(rules, line, engine).ids, line).toEqual(ids)
      expect(
        matchPlainly(rules, normalise(JSON.parse(line), formats)).map(({ id }) => id),
        line,
      ).toEqual(ids)
    }
  },
)

test.each<Engine>(['wasm', 'plain'])(
  'a field that holds an object or a list is there, and is not null: %s',
  (engine) => {
    const rules = rulesOf({
      there: '{s: {a|exists: true}, condition: s}',
      missing: '{s: {a|exists: false}, condition: s}',
      nothing: '{s: {a: null}, condition: s}',
      below: '{s: {a.b: null}, condition: s}',
    })
    const cases: Readonly<Record<string, readonly string[]>> = {
      '"a":{"b":1}': ['there'],
      '"a":{"b":null}': ['below', 'there'],
      '"a":{"b":[]}': ['there'],
      '"a" : {}': ['below', 'there'],
      '"a":[]': ['below', 'there'],
      '" a":[{"c":1}]': ['below', 'there'],
      '"\\u0061":{"b":{}}': ['there'],
      '"a.b":[{}]': ['missing', 'nothing'],
      '"a":null': ['below', 'nothing', 'there'],
      '"a":""': ['below', 'there'],
      '"x":{"a":{}}': ['below', 'missing', 'nothing'],
      '"x":"\\"a\\":{}"': ['below', 'missing', 'nothing'],
    }
    for (const [fields, ids] of Object.entries(cases)) {
      const line = `{"_product":"windows",${fields}}`
      expect(matchLine(rules, line, engine).ids, line).toEqual(ids)
      expect(
        matchPlainly(rules, normalise(JSON.parse(line), formats))
          .map(({ id }) => id)
          .sort(),
        line,
      ).toEqual(ids)
    }
  },
)

test.each<Engine>(['wasm', 'plain'])('a number tells the log source however it is written: %s', (engine) => {
  const text = 'title: S\nid: s\nlogsource: {category: process_creation}\ndetection: {s: {Image: x}, condition: s}\n'
  const { rules } = loadRules([{ path: 'r.yml', text }])
  const head = '"Channel":"Microsoft-Windows-Sysmon/Operational","Image":"x"'
  for (const id of ['1', '"1"', '1.0', '1e0', '"\\u0031"'])
    expect(matchLine(rules, `{${head},"EventID":${id}}`, engine).ids, id).toEqual(['s'])
})

test.each<Engine>(['wasm', 'plain'])('a keyword that is a number is found however it is written: %s', (engine) => {
  const rules = rulesOf({ number: RULES.number, text: '{k: [mimikatz], condition: k}' })
  for (const written of ['4104', '4.104e3', '41040E-1', '"4104"', '-4104.0', '"\\u0034104"'])
    expect(matchLine(rules, `{"_product":"windows","a":[${written}]}`, engine).ids, written).toEqual(['number'])
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
  const rules = rulesOf({ any: '{s: {a: 1}, condition: s}' })
  for (const engine of ['wasm', 'plain'] as const) expect(matchLine(rules, line, engine).fault, engine).toBe(fault)
})

test('a regular expression made to explode does not stall', () => {
  const rules = rulesOf({ bomb: "{s: {CommandLine|re: '(a+)+$'}, condition: s}" })
  const began = performance.now()
  matchLine(rules, JSON.stringify({ _product: 'windows', CommandLine: `${'a'.repeat(5000)}!` }), 'wasm')
  expect(performance.now() - began).toBeLessThan(2000)
})

test('the machine that runs the tests runs the WebAssembly scanner', () => {
  expect(new Matcher([], formats).engine).toBe('wasm')
})

const SCRAPS = [
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '"a"',
  '"Image"',
  '"a b"',
  '"b":',
  '1',
  '-0',
  '1e5',
  '01',
  '12345678901234567',
  '"x\\\\y"',
  '"C:\\\\cmd.exe"',
  '"q\\"q"',
  '"\\n"',
  '"\\u0041"',
  '"é"',
  'null',
  'true',
  'fals',
  ' ',
  '\t',
  '"\\x"',
  '"MiMi"',
  '""',
  '.',
]

test('both engines say the same of lines made of scraps', () => {
  const rules = rulesOf({
    ...RULES,
    a: "{s: {a|contains: ['x\\y', '1', q\"q]}, condition: s}",
    ab: '{s: {ab: 1}, condition: s}',
  })
  const [wasm, plain] = (['wasm', 'plain'] as const).map((engine) => new Matcher(rules, formats, { engine })) as [
    Matcher,
    Matcher,
  ]
  let state = 11
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  let events = 0
  for (let round = 0; round < 4000; round += 1) {
    const value = (): string => SCRAPS[below(SCRAPS.length)] as string
    const line =
      round % 4 === 0
        ? Array.from({ length: below(9) }, value).join('')
        : `{"_product":"windows","a":${value()},"Image":[${value()},${value()}]}`
    const expected = matchWith(plain, line)
    expect(matchWith(wasm, line), line).toEqual(expected)
    if (!expected.fault) events += 1
  }
  expect(events).toBeGreaterThan(400)
})

test('a line too large for the scanner is matched all the same', () => {
  const rules = rulesOf(RULES)
  const many = JSON.stringify({ _product: 'windows', list: Array.from({ length: 70_000 }, () => 1), Image: 'mimi' })
  const long = JSON.stringify({ _product: 'windows', text: 'x'.repeat(1_200_000), Image: 'mimi' })
  for (const line of [many, long]) expect(matchLine(rules, line, 'wasm').ids).toContain('contains')
})

test.each([['wasm'], ['plain']])('event numbers that run out begin anew, with nothing left over: %s', (engine) => {
  const rules = rulesOf({ equals: RULES.equals, absent: RULES.absent })
  const keys = new KeyTable(['_product', '_category', '_service', 'EventID', 'Image'])
  const kit = (engine === 'wasm' ? WasmKit.open(keys) : new PlainKit(keys)) as ScanKit
  const matcher = new LineMatcher({ rules, formats, keys, kit, meter: new RuleMeter(rules), event: LAST_EVENT - 3 })
  for (let k = 0; k < 8; k += 1) {
    const ids: string[] = []
    const bytes = Buffer.from(
      k % 2 === 0 ? '{"_product":"windows","EventID":1,"Image":"x"}\n' : '{"_product":"windows","Image":null}\n',
    )
    matcher.match({ bytes, from: 0, to: bytes.length - 1 }, (rule) => ids.push(rule.id))
    expect(ids, `event ${k}`).toEqual([k % 2 === 0 ? 'equals' : 'absent'])
  }
})

test.each<Engine>(['wasm', 'plain'])('a time that is counted from 1970 has its hour: %s', (engine) => {
  const line = JSON.stringify({ _product: 'windows', Time: 1_714_878_245.5 })
  expect(matchLine(rulesOf({ hour: RULES.hour }), line, engine).ids).toEqual(['hour'])
})

test('a value on which wildcards could take long is told as too costly; where they cannot, it is matched', () => {
  const many = '?'.repeat(2000)
  const rules = rulesOf({
    dear: `{s: {Image: '*a${many}b*'}, condition: s}`,
    cheap: `{s: {Image: 'b${many}*'}, condition: s}`,
  })
  const matcher = new Matcher(rules, formats)
  const event = (Image: string): string => JSON.stringify({ _product: 'windows', Image })
  const begun = process.cpuUsage()
  expect(matchWith(matcher, event(`${'a'.repeat(60_000)}b`)).fault).toBe('too_costly')
  const { user, system } = process.cpuUsage(begun)
  expect((user + system) / 1e6).toBeLessThan(0.5)
  expect(matchWith(matcher, event(`a${'x'.repeat(2000)}b`)).ids).toEqual(['dear'])
  expect(matchWith(matcher, event(`b${'x'.repeat(60_000)}`)).ids).toEqual(['cheap'])
})

test('a value on which a pattern could take long is told as too costly, and the next line is matched', () => {
  const rules = rulesOf({ dear: "{s: {CommandLine|re: '(?:.{900}x|zz)+[^a]y'}, condition: s}", equals: RULES.equals })
  const matcher = new Matcher(rules, formats)
  const value = 'x'.repeat(200_000)
  expect(matchWith(matcher, JSON.stringify({ _product: 'windows', CommandLine: value })).fault).toBe('too_costly')
  expect(matchWith(matcher, '{"_product":"windows","EventID":1}').ids).toEqual(['equals'])
})

test.each([['wasm'], ['plain']] as const)('a rule in quarantine is matched again once that is lifted: %s', (engine) => {
  const rules = rulesOf({ slow: "{s: {Image|re: '^(?:mimi|katz)$'}, condition: s}", equals: RULES.equals })
  let time = 0
  const now = (): number => {
    time += 30
    return time
  }
  const matcher = new Matcher(rules, formats, { engine, now })
  const long = JSON.stringify({ _product: 'windows', Image: 'mimi', pad: 'x'.repeat(70_000) })
  const hits = (): string[] => matchWith(matcher, '{"_product":"windows","Image":"mimi"}').ids
  for (let times = 0; times < 5; times += 1) expect(matchWith(matcher, long).ids).toEqual(['slow'])
  expect(matcher.quarantined.map(({ rule }) => rule.id)).toEqual(['slow'])
  expect(matchWith(matcher, long).ids).toEqual([])
  expect(hits()).toEqual([])
  expect([matcher.lift('equals'), matcher.lift('unknown'), matcher.lift('slow')]).toEqual([false, false, true])
  expect(hits()).toEqual(['slow'])
})
