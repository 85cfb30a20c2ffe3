import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { entryFile, storeErrors } from '@dengta/store'
import { ruleErrors } from '../../rule/rule-errors.ts'
import { threatErrors } from '../threat-errors.ts'
import type { ExplainAnswer, ExplainTask } from './explain-task.ts'

/** What one explanation may take: pasted events are not trusted to be small of work. */
const LIMITS = { maxOldGenerationSizeMb: 512 }
const LIMIT_MS = 10_000
const TOO_MUCH: readonly unknown[] = ['ERR_WORKER_OUT_OF_MEMORY', ruleErrors.too_costly({ limit: '' }).code]

/** Explains in a thread of its own, which is ended after ten seconds. Throws `threat.explain_failed`, `threat.no_rules`. */
export function explainApart(task: ExplainTask, limitMs = LIMIT_MS): Promise<ExplainAnswer> {
  const program = entryFile('threat-rule-explainer')
  if (!existsSync(program)) return Promise.reject(storeErrors.not_built({ file: program }))
  const worker = new Worker(program, { workerData: task, resourceLimits: LIMITS })
  const timer = setTimeout(() => void worker.terminate(), limitMs)
  return new Promise<ExplainAnswer>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', (error: Error & { readonly code?: unknown }) => {
      const isTooMuch = TOO_MUCH.includes(error.code)
      reject(isTooMuch ? threatErrors.explain_failed({}, error) : threatErrors.no_rules({ why: error.message }, error))
    })
    worker.once('exit', () => reject(threatErrors.explain_failed()))
  }).finally(() => clearTimeout(timer))
}
