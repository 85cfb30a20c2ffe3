import type { BoardRow, BoardView } from '@dengta/sdk'
import { type Benchmark, directionOf } from '../benchmark/benchmark.ts'
import { scoreUnit } from '../benchmark/benchmark-words.ts'
import type { Evaluation, Submission } from '../submission/submission.ts'
import { leaderTiers, type PairPValue } from './leader-tiers.ts'

export type Scored = Submission & { readonly evaluation: Evaluation }

export function isScored(submission: Submission): submission is Scored {
  return submission.evaluation !== undefined
}

/** Best score first; of equal scores the earlier one. */
export function bestFirst(benchmark: Benchmark, scored: readonly Scored[]): readonly Scored[] {
  const sign = directionOf(benchmark.definition.metric) === 'higher' ? -1 : 1
  return scored.toSorted((a, b) => sign * (a.evaluation.result.score.value - b.evaluation.result.score.value))
}

export interface BoardParts {
  readonly benchmark: Benchmark
  /** Best first. */
  readonly scored: readonly Scored[]
  readonly refused: number
  readonly pValue: PairPValue
}

export async function boardOf({ benchmark, scored, refused, pValue }: BoardParts): Promise<BoardView> {
  const { definition } = benchmark
  const tiers = await leaderTiers(scored.length, pValue)
  return {
    benchmark: benchmark.id,
    title: definition.title,
    metric: definition.metric,
    direction: directionOf(definition.metric),
    unit: scoreUnit(definition),
    ...definition.acceptance,
    rows: scored.map((submission, rank) => rowOf(benchmark, submission, tiers[rank]!)),
    refused,
  }
}

function rowOf({ definition }: Benchmark, submission: Scored, tier: number): BoardRow {
  const { id, name, form, participant, evaluation } = submission
  const { score, periods, groups, worst } = evaluation.result
  const { threshold } = definition.acceptance
  return {
    tier,
    submission: id,
    ...{ name, form, participant, score, periods, groups },
    ...(worst && { worst }),
    meetsThreshold: directionOf(definition.metric) === 'higher' ? score.low >= threshold : score.high <= threshold,
    cpuSeconds: evaluation.cost.cpuSeconds,
    joules: evaluation.cost.joules,
    record: evaluation.record,
    at: evaluation.at,
  }
}
