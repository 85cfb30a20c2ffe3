import { definePlugin, type PluginParts } from '@dengta/kernel'
import { openMigrations } from './benchmark/migrations-open.ts'
import { type OpenPart, type OpenPartContext, openPart } from './open-part.ts'
import { type ProvePart, type ProvePartContext, provePart } from './prove-part.ts'
import { submissionMigrations } from './submission/submission-tables.ts'

export type BenchmarkContext = OpenPartContext & Omit<ProvePartContext, 'opened'>

export interface BenchmarkParts
  extends PluginParts,
    Pick<OpenPart, 'benchmarks'>,
    Pick<ProvePart, 'submissions' | 'boards' | 'replay'> {}

/** Benchmarks on sealed data: definition, seal, submission, evaluation in the sandbox, board. */
export const benchmarkPlugin = definePlugin<BenchmarkContext, BenchmarkParts>({
  id: 'benchmark',
  migrations: [...openMigrations, ...submissionMigrations],
  start: async (context) => {
    const opened = openPart(context)
    await opened.clean()
    const { routes, jobs, submissions, boards, replay } = provePart({ ...context, opened })
    return {
      routes: [...opened.routes, ...routes],
      jobs,
      benchmarks: opened.benchmarks,
      ...{ submissions, boards, replay },
    }
  },
})
