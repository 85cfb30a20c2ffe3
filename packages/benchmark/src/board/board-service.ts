import { sha256Hex } from '@dengta/kernel'
import type { BoardView } from '@dengta/sdk'
import { pairedTest } from '@dengta/statistics'
import type { Benchmark } from '../benchmark/benchmark.ts'
import type { DataSetStore } from '../data-set/data-set-store.ts'
import type { HiddenSet, HiddenSets } from '../evaluation/hidden-sets.ts'
import type { PredictionFiles } from '../evaluation/prediction-files.ts'
import { bytesOf } from '../scoring/matrix-file.ts'
import type { SubmissionStore } from '../submission/submission-store.ts'
import { bestFirst, boardOf, isScored, type Scored } from './board.ts'
import { boardErrors } from './board-errors.ts'

export interface BoardServiceParts {
  readonly submissions: SubmissionStore
  readonly dataSets: DataSetStore
  readonly hiddenSets: HiddenSets
  readonly predictions: PredictionFiles
  /** Throws `benchmark.missing`. */
  readonly benchmarkOf: (id: string) => Promise<Benchmark>
}

export interface BoardService {
  /** Throws `benchmark.missing`, `board.predictions_missing`. Made anew only when something was scored or refused since. */
  board(benchmark: string): Promise<BoardView>
}

interface Kept {
  readonly key: string
  readonly view: Promise<BoardView>
}

export function boardService(parts: BoardServiceParts): BoardService {
  const kept = new Map<string, Kept>()
  const pValues = new Map<string, number>()
  return {
    board: async (id) => {
      const benchmark = await parts.benchmarkOf(id)
      const dataset = (await parts.dataSets.current(id))?.id
      if (dataset === undefined) return boardOf({ benchmark, scored: [], refused: 0, pValue: async () => 1 })
      const { scored, refused } = await parts.submissions.tally(dataset)
      const key = `${dataset} ${scored} ${refused}`
      const found = kept.get(id)
      if (found?.key === key) return found.view
      const view = makeBoard(parts, { benchmark, dataset, pValues })
      kept.set(id, { key, view })
      view.catch(() => kept.delete(id))
      return view
    },
  }
}

interface Making {
  readonly benchmark: Benchmark
  readonly dataset: string
  /** Of pairs of records, as they never change. */
  readonly pValues: Map<string, number>
}

async function makeBoard(parts: BoardServiceParts, { benchmark, dataset, pValues }: Making): Promise<BoardView> {
  const all = await parts.submissions.ofDataSet(dataset)
  const scored = bestFirst(benchmark, all.filter(isScored))
  const refused = all.filter(({ state }) => state === 'refused').length
  const hidden = await parts.hiddenSets.get(dataset)
  const pValue = async (better: number, worse: number): Promise<number> => {
    const [first, second] = [scored[better]!, scored[worse]!]
    const pair = `${first.evaluation.record} ${second.evaluation.record}`
    const known =
      pValues.get(pair) ?? compare(hidden, await predictionsOf(parts, first), await predictionsOf(parts, second))
    pValues.set(pair, known)
    return known
  }
  return boardOf({ benchmark, scored, refused, pValue })
}

async function predictionsOf({ predictions }: BoardServiceParts, { id, evaluation }: Scored): Promise<Float64Array> {
  const found = await predictions.read(id)
  if (!found || sha256Hex(bytesOf(found)) !== evaluation.result.predictions)
    throw boardErrors.predictions_missing({ submission: id })
  return found
}

function compare({ benchmark, set }: HiddenSet, first: Float64Array, second: Float64Array): number {
  const { metric, interval } = benchmark.definition
  const { blockRows, resamples, seed } = interval
  const rows = { metric, truth: set.target, first, second, classes: set.classes.length }
  return pairedTest({ ...rows, blockRows, resamples, seed }).pValue
}
