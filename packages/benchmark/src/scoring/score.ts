import type { Predicate } from '@dengta/evidence'
import { canonicalJson, sha256Hex, utf8 } from '@dengta/kernel'
import { metricValue, scoreInterval } from '@dengta/statistics'
import { type BenchmarkDefinition, directionOf } from '../benchmark/benchmark.ts'
import type { ScoringSet } from '../data-set/table.ts'
import { bytesOf } from './matrix-file.ts'
import { type Part, partsOf } from './parts.ts'
import { roundDigits } from './round-digits.ts'
import { scoringErrors } from './scoring-errors.ts'

/** Raised whenever the same predictions may give another result; part of the engine's name. */
export const SCORING = 2

export type EvaluationResult = Predicate<'evaluation'>['result']
type PartScore = EvaluationResult['groups'][number]

/** What a score is made from. `identity` names benchmark, model, data and engine by their digests. */
export interface ScoreOptions {
  readonly definition: BenchmarkDefinition
  readonly identity: Pick<EvaluationResult, 'definition' | 'model' | 'hiddenCommitment' | 'engine'>
  readonly set: ScoringSet
  readonly predictions: Float64Array
}

/** Scores predictions on the hidden rows. Pure: the same arguments give the same bytes on every machine. Throws `scoring.*`. */
export function score(options: ScoreOptions): EvaluationResult {
  const { definition, identity, set, predictions } = options
  checkPredictions(options)
  const groups = partScores(options, partsOf(set.groups, definition.minimumPartRows))
  const periods = partScores(options, partsOf(set.periods, definition.minimumPartRows))
  const direction = directionOf(definition.metric)
  const worst = worstOf([...groups, ...periods], direction)
  return {
    benchmark: definition.benchmark,
    ...identity,
    metric: definition.metric,
    direction,
    rows: set.inputs.rows,
    score: interval(options),
    guards: guardsOf(options),
    groups,
    periods,
    ...(worst ? { worst: { part: worst.part, value: worst.value } } : {}),
    predictions: sha256Hex(bytesOf(predictions)),
  }
}

/** The name of a result: SHA-256 of its canonical JSON. */
export function resultDigest(result: EvaluationResult): string {
  return sha256Hex(utf8(canonicalJson(result)))
}

function checkPredictions({ definition, set, predictions }: ScoreOptions): void {
  const { rows } = set.inputs
  if (predictions.length !== rows) throw scoringErrors.wrong_length({ found: predictions.length, expected: rows })
  const wrong = predictions.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0)
  if (wrong > 0) throw scoringErrors.not_finite()
  const classes = set.classes.length
  const isClass = (value: number) => Number.isInteger(value) && value >= 0 && value < classes
  if (definition.task === 'classification' && !predictions.every(isClass))
    throw scoringErrors.not_a_class({ last: classes - 1 })
}

function scoredRows({ definition, set, predictions }: ScoreOptions) {
  return { metric: definition.metric, truth: set.target, predicted: predictions, classes: set.classes.length }
}

function interval(options: ScoreOptions, rows?: Int32Array): EvaluationResult['score'] {
  const scored = rows ? { ...scoredRows(options), rows } : scoredRows(options)
  const { value, low, high, ...rest } = scoreInterval({ ...scored, ...options.definition.interval })
  return { value: roundDigits(value), low: roundDigits(low, 'down'), high: roundDigits(high, 'up'), ...rest }
}

function partScores(options: ScoreOptions, parts: readonly Part[]): PartScore[] {
  return parts.map(({ part, rows }) => ({ part, rows: rows.length, ...interval(options, rows) }))
}

function guardsOf({ definition, set, predictions }: ScoreOptions): EvaluationResult['guards'] {
  const value = (metric: BenchmarkDefinition['metric']) =>
    roundDigits(metricValue(metric, set.target, predictions, set.classes.length))
  return Object.fromEntries(definition.guards.map((guard) => [guard, value(guard)]))
}

function worstOf(parts: readonly PartScore[], direction: 'higher' | 'lower'): PartScore | undefined {
  const sign = direction === 'higher' ? 1 : -1
  return parts.toSorted((a, b) => sign * (a.value - b.value))[0]
}
