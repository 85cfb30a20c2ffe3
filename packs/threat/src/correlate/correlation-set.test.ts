import { expect, test } from 'vitest'
import { loadRules } from '../rule/load-rules.ts'
import { correlation, setOf } from './correlate.fixture.ts'
import { readCorrelations } from './correlation-set.ts'
import { standingOf } from './generating.ts'

const ids = ['a', 'b', 'c']
const one = (section: string): string => correlation('x', section)
const COUNT = 'type: event_count, rules: [a], timespan: 1m'

test('rules are found by id and by name, and everything is read', () => {
  const document = `title: T
id: x
name: n_x
author: Ada
level: high
modified: 2025-01-02
tags: [attack.t1110]
correlation:
  type: value_count
  rules: [a, n_b]
  group-by: [who, Host]
  timespan: 90m
  aliases: {who: {a: User, n_b: Account}}
  condition: {field: [Ip, Port], gt: 2, lte: 9}
generate: true
`
  const [read] = setOf(ids, document).correlations
  expect(read).toMatchObject({
    id: 'x',
    name: 'n_x',
    level: 'high',
    version: '2025-01-02',
    tags: ['attack.t1110'],
    origin: { author: 'Ada', file: 'all.yml' },
    kind: 'value_count',
    references: [{ rule: 0 }, { rule: 1 }],
    groupBy: ['who', 'Host'],
    aliases: [new Map([['who', 'User']]), new Map([['who', 'Account']])],
    spanMs: 5_400_000,
    condition: {
      fields: ['Ip', 'Port'],
      bounds: [
        ['gt', 2],
        ['lte', 9],
      ],
    },
    generate: true,
  })
})

test('a temporal correlation without condition wants all its rules, one in words names them itself', () => {
  const set = setOf(
    ids,
    correlation('all', 'type: temporal, rules: [a, b, c], timespan: 1m'),
    correlation('words', 'type: temporal_extended, timespan: 1m, condition: a and not (b or c)'),
  )
  expect(set.correlations.map(({ condition, references }) => [condition.bounds, references.length])).toEqual([
    [[['gte', 3]], 3],
    [[['gte', 1]], 3],
  ])
})

test.each([
  ['type missing', 'rules: [a], timespan: 1m, condition: {gte: 1}', 'missing'],
  ['unknown type', 'type: value_max, rules: [a], timespan: 1m, condition: {gte: 1}', 'bad_value'],
  ['no rules', 'type: event_count, timespan: 1m, condition: {gte: 1}', 'missing'],
  ['rule twice', 'type: event_count, rules: [a, a], timespan: 1m, condition: {gte: 1}', 'bad_value'],
  ['rule twice by name', 'type: event_count, rules: [a, n_a], timespan: 1m, condition: {gte: 1}', 'bad_value'],
  ['unknown rule', 'type: event_count, rules: [a, zz], timespan: 1m, condition: {gte: 1}', 'unknown_rule'],
  ['no timespan', 'type: event_count, rules: [a], condition: {gte: 1}', 'bad_value'],
  ['zero timespan', 'type: event_count, rules: [a], timespan: 0s, condition: {gte: 1}', 'bad_value'],
  ['unknown unit', 'type: event_count, rules: [a], timespan: 5 min, condition: {gte: 1}', 'bad_value'],
  ['no condition', COUNT, 'missing'],
  ['empty condition', `${COUNT}, condition: {}`, 'missing'],
  ['unknown operator', `${COUNT}, condition: {above: 3}`, 'unsupported'],
  ['half an event', `${COUNT}, condition: {gte: 2.5}`, 'bad_value'],
  ['number as text', `${COUNT}, condition: {gte: '3'}`, 'bad_value'],
  ['empty range', `${COUNT}, condition: {gt: 5, lt: 6}`, 'never'],
  ['no event at all', `${COUNT}, condition: {lt: 1}`, 'never'],
  ['more rules than there are', 'type: temporal, rules: [a, b], timespan: 1m, condition: {gte: 3}', 'never'],
  ['field of a count', `${COUNT}, condition: {gte: 1, field: u}`, 'unsupported'],
  ['no field of values', 'type: value_count, rules: [a], timespan: 1m, condition: {gte: 1}', 'missing'],
  ['two fields of a sum', 'type: value_sum, rules: [a], timespan: 1m, condition: {gte: 1, field: [u, v]}', 'bad_value'],
  ['no percentile', 'type: value_percentile, rules: [a], timespan: 1m, condition: {gte: 1, field: u}', 'missing'],
  [
    'percentile above 100',
    'type: value_percentile, rules: [a], timespan: 1m, condition: {gt: 1, field: u, percentile: 101}',
    'bad_value',
  ],
  [
    'percentile of a sum',
    'type: value_sum, rules: [a], timespan: 1m, condition: {gt: 1, field: u, percentile: 9}',
    'unsupported',
  ],
  ['words for a count', `${COUNT}, condition: a or b`, 'unsupported'],
  ['words that leave a rule out', 'type: temporal, rules: [a, b], timespan: 1m, condition: a', 'bad_value'],
  ['order of alternatives', 'type: temporal_ordered, rules: [a, b], timespan: 1m, condition: a or b', 'unsupported'],
  ['unknown key', `${COUNT}, window: tumbling, condition: {gte: 1}`, 'unsupported'],
  ['alias of an unknown rule', `${COUNT}, condition: {gte: 1}, aliases: {who: {b: User}}`, 'unknown_rule'],
  ['alias without a field', `${COUNT}, condition: {gte: 1}, aliases: {who: {a: 3}}`, 'bad_value'],
  ['generate that is no yes or no', `${COUNT}, condition: {gte: 1}, generate: maybe`, 'bad_value'],
  ['itself', 'type: event_count, rules: [x], timespan: 1m, condition: {gte: 1}', 'circle'],
])('%s is refused, with line and reason in both languages', (_, section, code) => {
  const { correlations, invalid } = setOf(ids, one(section))
  expect(correlations).toEqual([])
  expect(invalid).toMatchObject([{ id: 'x', file: 'all.yml', code: `threat_correlation.${code}` }])
  expect(invalid[0]?.reason.zh).toMatch(/[\u4e00-\u9fff]/)
})

test('a condition in words that cannot be read is refused with its place', () => {
  const { invalid } = setOf(ids, one('type: temporal, rules: [a, b], timespan: 1m, condition: a and or b'))
  expect(invalid).toMatchObject([{ code: 'threat_rule.bad_condition' }])
})

test('the line is that of the fault, not of the document', () => {
  const text =
    'title: x\nid: x\ncorrelation:\n  type: event_count\n  rules:\n    - a\n    - nope\n  timespan: 1m\n  condition: {gte: 1}\n'
  const rule = 'title: a\nid: a\nlogsource: {product: x}\ndetection: {s: {k: 1}, condition: s}\n'
  const { invalid } = readCorrelations(loadRules([{ path: 'x.yml', text: `${rule}---\n${text}` }]))
  expect(invalid).toMatchObject([{ line: 12, code: 'threat_correlation.unknown_rule' }])
})

test('circles are refused with their way, and so is what reads them', () => {
  const read = (id: string, rule: string): string =>
    correlation(id, `type: event_count, rules: [${rule}], timespan: 1m, condition: {gte: 1}`)
  const { correlations, invalid } = setOf(
    ids,
    read('p', 'q'),
    read('q', 'r'),
    read('r', 'p'),
    read('s', 'p'),
    read('t', 'a'),
  )
  expect(correlations.map(({ id }) => id)).toEqual(['t'])
  expect(invalid.map(({ id, code }) => [id, code])).toEqual([
    ['p', 'threat_correlation.circle'],
    ['q', 'threat_correlation.circle'],
    ['r', 'threat_correlation.circle'],
    ['s', 'threat_correlation.unknown_rule'],
  ])
  expect(invalid[0]?.reason.en).toContain('p -> q -> r -> p')
})

test('what reads a broken correlation is refused for naming that one, not for what that one lacks', () => {
  const read = (id: string, rule: string): string =>
    correlation(id, `type: event_count, rules: [${rule}], timespan: 1m, condition: {gte: 1}`)
  const { invalid } = setOf(ids, read('reader', 'broken'), read('broken', 'nope'))
  expect(invalid.map(({ id, reason }) => [id, /"(.*)"/.exec(reason.en)?.[1]])).toEqual([
    ['broken', 'nope'],
    ['reader', 'broken'],
  ])
})

test('an id used twice and a name that is not unique are refused', () => {
  const { invalid } = setOf(
    ids,
    correlation('a', `${COUNT}, condition: {gte: 1}`),
    `name: n_a\n${correlation('y', `${COUNT}, condition: {gte: 1}`)}`,
    correlation('z', 'type: event_count, rules: [n_a], timespan: 1m, condition: {gte: 1}'),
  )
  expect(invalid.map(({ id, code }) => [id, code])).toEqual([
    ['a', 'threat_correlation.duplicate'],
    ['z', 'threat_correlation.ambiguous'],
  ])
})

test('a correlation stands behind those it reads, whatever the order of the files', () => {
  const chain = correlation('late', 'type: temporal, rules: [early, b], timespan: 1m')
  const set = setOf(ids, chain, correlation('early', `${COUNT}, condition: {gte: 2}`))
  expect(set.correlations.map(({ id }) => id)).toEqual(['early', 'late'])
  expect(set.correlations[1]?.references).toEqual([{ correlation: 0 }, { rule: 1 }])
})

test('what a correlation reads alerts only where one of them says generate', () => {
  const set = setOf(
    ids,
    correlation('quiet', 'type: temporal, rules: [a, b], timespan: 1m'),
    correlation('loud', 'type: temporal, rules: [b, quiet], timespan: 1m, generate: true'),
    correlation('broken', 'type: temporal, rules: [c, nope], timespan: 1m'),
  )
  expect(standingOf(set)).toEqual({ rules: [false, true, true], correlations: [true, true] })
})
