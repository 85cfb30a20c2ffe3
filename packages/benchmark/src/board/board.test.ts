import { describe, expect, test } from 'vitest'
import type { Benchmark } from '../benchmark/benchmark.ts'
import { readDefinition } from '../benchmark/read-definition.ts'
import { SAMPLE_YAML } from '../benchmark/sample-definition.ts'
import type { Evaluation } from '../submission/submission.ts'
import { bestFirst, boardOf, type Scored } from './board.ts'
import { leaderTiers } from './leader-tiers.ts'

const definition = readDefinition(SAMPLE_YAML)
const digest = 'a'.repeat(64)
const benchmark: Benchmark = {
  ...{ id: 'sample', scenario: undefined, owner: 'plant', definition, definitionDigest: digest },
  ...{ file: digest, record: digest, createdAt: new Date(0) },
}

function scoredAt(id: string, value: number): Scored {
  const score = { value, low: value - 0.1, high: value + 0.1, level: 0.95, method: 'test' }
  const evaluation: Evaluation = {
    ...{ record: id.padEnd(64, '0'), resultDigest: digest, at: '2026-11-22T08:00:00.000Z' },
    cost: { cpuSeconds: 0.1, wallSeconds: 0.1, peakBytes: 1, joules: 1, joulesMethod: 'test' },
    result: {
      ...{ benchmark: 'sample', definition: digest, model: digest, hiddenCommitment: digest, engine: 'test' },
      ...{
        metric: 'r2',
        direction: 'higher',
        rows: 10,
        score,
        guards: {},
        groups: [],
        periods: [],
        predictions: digest,
      },
      worst: { part: '2013', value: value - 0.2 },
    },
  }
  return {
    ...{
      id,
      benchmark: 'sample',
      dataset: 'data',
      scenario: undefined,
      name: id,
      form: 'linear',
      participant: 'maker',
    },
    ...{ model: digest, bytes: 1, state: 'scored', counted: true, submittedAt: new Date(0), record: digest },
    ...{ refusal: undefined, isolation: undefined, evaluation, replay: undefined },
  }
}

describe('tiers', () => {
  const apart = (a: number, b: number) => async (better: number, worse: number) =>
    better === a && worse === b ? 0.001 : 0.2
  test.each([
    ['nobody differs', 4, async () => 0.2, [1, 1, 1, 1]],
    ['all differ', 4, async () => 1e-9, [1, 2, 3, 4]],
    ['the third differs from the first', 4, apart(0, 2), [1, 1, 2, 2]],
    ['a difference within a tier that is not against its first does not count', 4, apart(1, 2), [1, 1, 1, 1]],
    ['one model', 1, async () => 0, [1]],
    ['none', 0, async () => 0, []],
  ])('%s', async (_, count, pValue, expected) => {
    expect(await leaderTiers(count, pValue)).toEqual(expected)
  })
  test('a p-value counts for all pairs: 0.009 parts two models, and not five', async () => {
    expect(await leaderTiers(2, async () => 0.009)).toEqual([1, 2])
    expect(await leaderTiers(5, async () => 0.009)).toEqual([1, 1, 1, 1, 1])
  })
  test('each model is compared once', async () => {
    const asked: string[] = []
    await leaderTiers(50, async (better, worse) => {
      asked.push(`${better} ${worse}`)
      return worse % 10 === 0 ? 0 : 1
    })
    expect(asked).toHaveLength(49)
  })
})

describe('board', () => {
  test('best first by the direction of the metric; of equal scores the earlier', () => {
    const scored = [scoredAt('b', 0.5), scoredAt('a', 0.9), scoredAt('c', 0.5)]
    expect(bestFirst(benchmark, scored).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    const errors = { ...benchmark, definition: { ...definition, metric: 'rmse' as const } }
    expect(bestFirst(errors, scored).map(({ id }) => id)).toEqual(['b', 'c', 'a'])
  })
  test('the bound on the unfavourable side decides on the threshold, not the score', async () => {
    const scored = [scoredAt('a', 0.65), scoredAt('b', 0.55)]
    const { rows, refused, threshold } = await boardOf({ benchmark, scored, refused: 3, pValue: async () => 0 })
    expect([threshold, refused]).toEqual([0.5, 3])
    expect(rows.map(({ submission, tier, meetsThreshold }) => [submission, tier, meetsThreshold])).toEqual([
      ['a', 1, true],
      ['b', 2, false],
    ])
    expect(rows[0]?.worst).toEqual({ part: '2013', value: 0.45 })
  })
})
