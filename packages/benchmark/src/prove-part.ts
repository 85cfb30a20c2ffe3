import type { Clock, Ids, Job, Route } from '@dengta/kernel'
import type { Ledger } from '@dengta/ledger'
import type { Sandbox } from '@dengta/sandbox'
import type { Store } from '@dengta/store'
import { boardRoutes } from './board/board-routes.ts'
import { type BoardService, boardService } from './board/board-service.ts'
import { sqlDataSetStore } from './data-set/sql-data-set-store.ts'
import { DEFAULT_WATTS_PER_CORE } from './evaluation/cost.ts'
import { type EvaluationParts, evaluateJob } from './evaluation/evaluate.ts'
import { hiddenSets } from './evaluation/hidden-sets.ts'
import { predictionFiles } from './evaluation/prediction-files.ts'
import { type Replayer, replayer } from './evaluation/replay.ts'
import type { OpenPart } from './open-part.ts'
import { sqlSubmissionStore } from './submission/sql-submission-store.ts'
import { submissionRoutes } from './submission/submission-routes.ts'
import { type SubmissionService, submissionService } from './submission/submission-service.ts'

export interface ProvePartContext {
  readonly store: Store
  readonly ledger: Ledger
  readonly clock: Clock
  readonly ids: Ids
  readonly sandbox: Sandbox
  readonly opened: OpenPart
  /** For the estimate of energy; 10 W unless stated. */
  readonly wattsPerCore?: number
  /** The operator's log of runs; holds what models wrote, so nobody else may read it. */
  readonly log?: (line: string) => void
}

/** Submissions, their evaluation and the boards: the half of this domain that proves. */
export interface ProvePart {
  readonly routes: readonly Route[]
  readonly jobs: readonly Job[]
  readonly submissions: SubmissionService
  readonly boards: BoardService
  readonly replay: Replayer
}

export function provePart(context: ProvePartContext): ProvePart {
  const { store, opened, wattsPerCore = DEFAULT_WATTS_PER_CORE, log = () => {} } = context
  const benchmarkOf = opened.benchmarks.get
  const dataSets = sqlDataSetStore(store)
  const stored = sqlSubmissionStore(store)
  const hidden = hiddenSets({ home: store.home, dataSets, sealedSets: opened.sets, benchmarkOf })
  const predictions = predictionFiles(store.home)
  const common = { ...context, submissions: stored, hiddenSets: hidden, dataSets, predictions, benchmarkOf }
  const evaluation: EvaluationParts = { ...common, wattsPerCore, log }
  const submissions = submissionService(common)
  const boards = boardService(common)
  const replay = replayer(evaluation)
  return {
    routes: [...submissionRoutes(submissions, replay), ...boardRoutes(boards)],
    jobs: [evaluateJob(evaluation)],
    submissions,
    boards,
    replay,
  }
}
