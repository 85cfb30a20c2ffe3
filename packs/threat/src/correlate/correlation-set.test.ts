import { expect, test } from 'vitest'
import { loadRules } from '../rule/load-rules.ts'
import { readCorrelations } from './correlation-set.ts'

const RULE = (id: string) =>
  `title: ${id}\nid: ${id}\nname: n_${id}\nlogsource: {product: x}\ndetection: {s: {a: ${id}}, condition: s}\n---\n`
test('smoke', () => {
  const set = loadRules([
    {
      path: 'a.yml',
      text:
        RULE('a') +
        RULE('b') +
        `title: c\nid: c\ncorrelation:\n  type: event_count\n  rules: [a, n_b]\n  timespan: 5m\n  group-by: [h]\n  condition: {gte: 3, lt: 9}\n`,
    },
  ])
  const read = readCorrelations(set)
  expect(read.invalid).toEqual([])
  expect(read.correlations.map((c) => [c.id, c.spanMs, c.condition, c.references])).toMatchInlineSnapshot(`
    [
      [
        "c",
        300000,
        {
          "bounds": [
            [
              "gte",
              3,
            ],
            [
              "lt",
              9,
            ],
          ],
          "fields": [],
        },
        [
          {
            "rule": 0,
          },
          {
            "rule": 1,
          },
        ],
      ],
    ]
  `)
})
