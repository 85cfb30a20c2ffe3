import { isDeepStrictEqual } from 'node:util'
import { expect, test } from 'vitest'
import { LineCounter, parseAllDocuments } from 'yaml'
import {
  hasThreatData,
  ORACLE_FOLDERS,
  ORACLE_PLACEHOLDERS,
  RULE_ARCHIVE,
  skippedNote,
} from '../threat-data.fixture.ts'
import { matchesOf } from './expression.ts'
import { loadRules } from './load-rules.ts'
import { quickDocument } from './quick-document.ts'
import { readRuleFiles } from './rule-files.ts'

const head = 'title: T\nid: r1\nauthor: A\ndate: 2024-01-01\nlogsource: {product: windows}\n'
const load = (text: string, options = {}) => loadRules([{ path: 'a.yml', text }], options)

test.runIf(hasThreatData)(`every SigmaHQ rule of the oracle is valid${skippedNote}`, async () => {
  const files = await readRuleFiles(RULE_ARCHIVE, ORACLE_FOLDERS)
  const set = loadRules(files, { placeholders: ORACLE_PLACEHOLDERS })
  expect([set.invalid, set.idle]).toEqual([[], []])
  expect(set.rules.length).toBe(3757)
  expect(set.byLogSource[0]).toEqual({ product: 'windows', category: 'process_creation', rules: expect.any(Number) })
  expect(set.rules.every((rule) => rule.origin.author !== '')).toBe(true)
})

test.runIf(hasThreatData)(
  `rules with placeholders are refused until the placeholders have values${skippedNote}`,
  async () => {
    const files = await readRuleFiles(RULE_ARCHIVE, ['rules-placeholder'])
    const without = loadRules(files)
    expect(without.rules.length + without.invalid.length).toBe(23)
    expect(new Set(without.invalid.map((each) => each.code))).toEqual(new Set(['threat_rule.placeholder']))
    const names = files.flatMap((file) => [...file.text.matchAll(/%(\w+)%/g)].map((match) => match[1] ?? ''))
    const filled = loadRules(files, { placeholders: Object.fromEntries(names.map((name) => [name, ['*']])) })
    expect(filled.rules.length).toBe(23)
  },
)

test.each([
  ['an unknown modifier', 'detection:\n  s:\n    Image|foo: x\n  condition: s', 'unknown_modifier', 8],
  ['a value of the wrong type', 'detection:\n  s:\n    A|gt:\n      - 1\n      - x\n  condition: s', 'wrong_type', 10],
  ['look-ahead', "detection:\n  s:\n    A|re: '(?=a)b'\n  condition: s", 'bad_regex', 8],
  ['an unknown detection', 'detection:\n  s:\n    A: x\n  condition: s and t', 'bad_condition', 9],
  ['an old aggregation', 'detection:\n  s:\n    A: x\n  condition: s | count() > 5', 'bad_condition', 9],
  ['no condition', 'detection:\n  s:\n    A: x', 'missing', 7],
  ['a timeframe', 'detection:\n  s:\n    A: x\n  timeframe: 5m\n  condition: s', 'unsupported', 9],
  ['broken YAML', 'detection: [', 'not_yaml', 6],
])('%s is refused with its line', (_name, body, code, line) => {
  const { rules, invalid } = load(head + body)
  expect(rules).toEqual([])
  expect(invalid.map((each) => [each.code, each.line])).toEqual([[`threat_rule.${code}`, line]])
})

test('an alias bomb is refused, the next document is read', () => {
  const bomb =
    'a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n'
  const set = load(`${bomb}---\n${head}detection: {s: {A: x}, condition: s}\n`)
  expect(set.invalid.map((each) => each.code)).toEqual(['threat_rule.not_yaml'])
  expect(set.rules.map((rule) => [rule.id, rule.origin.line])).toEqual([['r1', 6]])
})

test.each([
  ['lists in one line', `a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  ['lists without end', `a: ${'['.repeat(20_000)}`],
  ['maps', `a: ${'{a: '.repeat(20_000)}1`],
  ['lists by dashes', `b:\n ${'- '.repeat(20_000)}1`],
  ['keys', `${'? '.repeat(20_000)}a`],
])('a file nested too deeply is refused before it takes the stack: %s', (_, text) => {
  expect(load(`title: a\n---\n${text}\n`).invalid).toMatchObject([{ code: 'threat_rule.too_large', line: 2 }])
})

test('a second rule with the same id is refused', () => {
  const rule = `${head}detection: {s: {A: x}, condition: s}\n`
  expect(load(`${rule}---\n${rule}`).invalid.map((each) => each.code)).toEqual(['threat_rule.duplicate'])
})

test.each([
  ['condition: []', 'detection: {s: {A: x}, condition: []}', 'missing'],
  ['a filter with no condition in its list', 'filter: {rules: [r1], s: {A: x}, condition: []}', 'missing'],
  ['a filter that never holds', 'filter: {rules: [r1], s: {A: x}, condition: 1 of x*}', 'silencing'],
  ['a filter that names no text', 'filter: {rules: [[r1]], s: {A: x}, condition: not s}', 'missing'],
])('%s is refused, not taken for a silent one', (_, body, code) => {
  const { rules, filters, invalid } = load(`${head}${body}\n`)
  expect([rules, filters, invalid.map((each) => each.code)]).toEqual([[], [], [`threat_rule.${code}`]])
})

test('what is valid and yet without effect is told with its place', () => {
  const rule = (id: string, condition: string) =>
    `title: ${id}\nid: ${id}\nname: name-${id}\nlogsource: {product: windows}\ndetection: {s: {A: x}, condition: ${condition}}\n`
  const filter = (rules: string, condition: string, product = 'windows') =>
    `title: F\nid: f\nlogsource: {product: ${product}}\nfilter: {rules: ${rules}, s: {User: adm}, condition: ${condition}}\n`
  const { idle } = load(
    [
      rule('r1', 's'),
      rule('2', 's'),
      filter('[r1, name-2, 2]', 'not s'),
      filter('any', 'not s'),
      rule('dead', 's and 1 of t*'),
      filter('[r1, gone, lost]', 'not s'),
      filter('[r1]', 'not s', 'linux'),
      filter('any', 'not s', 'linux'),
      filter('[r1]', 'not 1 of t*'),
    ].join('---\n'),
  )
  expect(idle.map(({ file, line, id, reason }) => [file, line, id, reason.en])).toEqual([
    ['a.yml', 23, 'dead', expect.stringContaining('never holds')],
    ['a.yml', 29, 'f', 'the filter names 2 rules that are not in this rule set, by neither id nor name: gone, lost'],
    ['a.yml', 34, 'f', 'the filter names 1 rule of another log source, which it leaves as it is: r1'],
    ['a.yml', 39, 'f', expect.stringContaining('no rule is of the log source')],
    ['a.yml', 44, 'f', expect.stringContaining('always holds')],
  ])
})

test('a filter is joined to the rules that it names', () => {
  const filter =
    'title: F\nid: f1\nlogsource: {product: windows}\nfilter: {rules: [r1], s: {User: adm}, condition: not s}\n'
  const set = load(`${head}detection: {s: {A: x}, condition: s}\n---\n${filter}`)
  expect(matchesOf(set.rules[0]?.expression ?? { kind: 'nothing' }).map((match) => match.field)).toEqual(['A', 'User'])
})

test('a placeholder takes the values of the installation', () => {
  const text = `${head}detection: {s: {User|expand: '%admins%'}, condition: s}\n`
  const set = load(text, { placeholders: { admins: ['adm-*', 'root'] } })
  expect(matchesOf(set.rules[0]?.expression ?? { kind: 'nothing' })).toHaveLength(2)
})

test('a correlation rule is handed on, not dropped', () => {
  expect(load('title: C\nid: c\ncorrelation: {type: event_count}\n').correlations).toHaveLength(1)
})

test.each([
  ['title: a\ntitle: b\n', 2],
  ['title: a\ndetection:\n  s: {a: 1}\n  s: {a: 2}\n', 4],
  ['title: a\ntags: [{x: 1, y: {z: 1, z: 2}}]\n', 2],
])('a key that stands twice in a map is refused with its line: %#', (text, line) => {
  const { rules, invalid } = loadRules([{ path: 'twice.yml', text }])
  expect(rules).toEqual([])
  expect(invalid).toMatchObject([{ file: 'twice.yml', line, code: 'threat_rule.not_yaml' }])
})

test.each([
  'title: a\n',
  '\uFEFFtitle: a\n',
  '--- # here\n# note\ntitle: a\nnumbers: [1, 0x1F, 0o17, 1e3, .5, 1_000, "1", -0, 12345678901234567890, .inf]\n',
  'words: [yes, No, on, ~, null, Null, true, False, 2024-01-01, 2024/01/01, 12:30:45, =, <<]\n',
  "quoted: ['it''s', \"\\x41\\u00e9\\n\", 'a\\b']\nfolded: >-\n  one\n  two\nkept: |\n  one\n   two\n",
  'a: !!str 1\n',
])('both readers of YAML give the same document: %#', (text) => {
  expect(quickDocument(text)).toEqual(slowDocument(text))
})

test.each(['# note\n\n---\ntitle: a\n', 'a: &x {b: 1}\nc: *x\n', '? [1, 2]\n: 3\n', 'a: 1\n---\nb: 2\n', 'a: [\n'])(
  'a file that is not the usual one is left to the reader that knows places: %#',
  (text) => {
    expect(quickDocument(text)).toBeUndefined()
  },
)

test('an alias bomb alone in its file is refused at once', () => {
  const levels = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`)
  const text = `title: bomb\na0: &a0 [x, x]\n${levels.join('\n')}\ndetection: {s: {f: *a30}, condition: s}\n`
  expect(loadRules([{ path: 'bomb.yml', text }]).invalid).toMatchObject([{ code: 'threat_rule.not_yaml' }])
})

test.runIf(hasThreatData)(`both readers give the same document for every file of SigmaHQ${skippedNote}`, async () => {
  const files = await readRuleFiles(RULE_ARCHIVE, ORACLE_FOLDERS)
  const differing = files.filter(({ text }) => {
    const quick = quickDocument(text)
    return quick && !isDeepStrictEqual(quick, slowDocument(text))
  })
  expect(differing.map(({ path }) => path)).toEqual([])
})

function slowDocument(text: string): unknown {
  const lines = new LineCounter()
  const [document] = parseAllDocuments(text, { lineCounter: lines })
  return document && { raw: document.toJS(), line: lines.linePos(document.contents?.range?.[0] ?? 0).line }
}
