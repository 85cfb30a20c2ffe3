import { type Clock, definePlugin, type Ids, type PluginParts, type RandomBytes } from '@dengta/kernel'
import type { Ledger } from '@dengta/ledger'
import type { Sandbox } from '@dengta/sandbox'
import type { Store } from '@dengta/store'
import { benchmarkRoutes } from './benchmark/benchmark-routes.ts'
import { type BenchmarkService, benchmarkService } from './benchmark/benchmark-service.ts'
import { openMigrations } from './benchmark/migrations-open.ts'
import { sqlBenchmarkStore } from './benchmark/sql-benchmark-store.ts'
import { boardRoutes } from './board/board-routes.ts'
import { type BoardService, boardService } from './board/board-service.ts'
import { dataSetRoutes } from './data-set/data-set-routes.ts'
import { fileSealedStore } from './data-set/file-sealed-store.ts'
import { partDownload } from './data-set/part-download.ts'
import { DEFAULT_READ_LIMITS } from './data-set/read-csv.ts'
import { type SealService, sealService } from './data-set/seal-service.ts'
import { sealedSets } from './data-set/sealed-sets.ts'
import { sqlDataSetStore } from './data-set/sql-data-set-store.ts'
import { DEFAULT_WATTS_PER_CORE } from './evaluation/cost.ts'
import { evaluateJob } from './evaluation/evaluate.ts'
import { hiddenSets } from './evaluation/hidden-sets.ts'
import { predictionFiles } from './evaluation/prediction-files.ts'
import { type Replayer, replayer } from './evaluation/replay.ts'
import { sqlSubmissionStore } from './submission/sql-submission-store.ts'
import { submissionRoutes } from './submission/submission-routes.ts'
import { type SubmissionService, submissionService } from './submission/submission-service.ts'
import { submissionMigrations } from './submission/submission-tables.ts'

export interface BenchmarkContext {
  readonly store: Store
  readonly ledger: Ledger
  readonly clock: Clock
  readonly ids: Ids
  readonly random: RandomBytes
  readonly sandbox: Sandbox
  /** Who owns a scenario; undefined where there is no such scenario. */
  readonly scenarioOwner: (scenario: string) => Promise<string | undefined>
  /** For the estimate of energy; 10 W unless stated. */
  readonly wattsPerCore?: number
  /** The operator's log of runs; holds what models wrote. */
  readonly log?: (line: string) => void
}

export interface BenchmarkParts extends PluginParts {
  readonly benchmarks: BenchmarkService
  readonly seals: SealService
  readonly submissions: SubmissionService
  readonly boards: BoardService
  readonly replay: Replayer
}

/** Benchmarks on sealed data: definition, seal, submission, evaluation in the sandbox, board. */
export const benchmarkPlugin = definePlugin<BenchmarkContext, BenchmarkParts>({
  id: 'benchmark',
  migrations: [...openMigrations, ...submissionMigrations],
  start: async (context) => {
    const opened = await openPart(context)
    const proving = provePart(context, opened)
    const { benchmarks, seals, downloads } = opened
    const { submissions, boards, replay } = proving
    const routes = [
      ...benchmarkRoutes(benchmarks),
      ...dataSetRoutes({ seals, downloads, maxBytes: DEFAULT_READ_LIMITS.maxBytes }),
      ...submissionRoutes(submissions, replay),
      ...boardRoutes(boards),
    ]
    return { routes, jobs: [proving.job], benchmarks, seals, submissions, boards, replay }
  },
})

/** Definitions and sealed data. Removes what a crash left half-sealed. */
async function openPart({ store, ledger, clock, ids, random, scenarioOwner }: BenchmarkContext) {
  const stored = sqlBenchmarkStore(store)
  const dataSets = sqlDataSetStore(store)
  const sealed = fileSealedStore(store.home)
  await sealed.clean(await dataSets.ids())
  const benchmarks = benchmarkService({ store, ledger, clock, benchmarks: stored, dataSets, scenarioOwner })
  const benchmarkOf = benchmarks.get
  const sets = sealedSets({ dataSets, sealed, benchmarkOf })
  const limits = DEFAULT_READ_LIMITS
  const seals = sealService({ store, ledger, clock, ids, random, limits, dataSets, sealed, benchmarkOf })
  const downloads = partDownload({ blobs: store.blobs, sets, benchmarkOf })
  return { stored, dataSets, benchmarks, benchmarkOf, sets, seals, downloads }
}

/** Submissions, their evaluation and the boards. */
function provePart(context: BenchmarkContext, opened: Awaited<ReturnType<typeof openPart>>) {
  const { store, ledger, clock, ids, sandbox, wattsPerCore = DEFAULT_WATTS_PER_CORE, log = () => {} } = context
  const { stored: benchmarks, dataSets, benchmarkOf, sets } = opened
  const stored = sqlSubmissionStore(store)
  const hidden = hiddenSets({ home: store.home, dataSets, sealedSets: sets, benchmarkOf })
  const predictions = predictionFiles(store.home)
  const common = { store, ledger, clock, submissions: stored, hiddenSets: hidden, predictions }
  const evaluation = { ...common, sandbox, wattsPerCore, log }
  return {
    submissions: submissionService({ store, ledger, clock, ids, benchmarks, dataSets, submissions: stored }),
    boards: boardService({ submissions: stored, dataSets, hiddenSets: hidden, predictions, benchmarkOf }),
    replay: replayer(evaluation),
    job: evaluateJob(evaluation),
  }
}
