import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { entryFile, storeErrors } from '@dengta/store'
import type { RuleSource } from '../../pipeline/detector/detector-protocol.ts'
import type { ReadRuleSet } from './rule-rows.ts'

const LIMIT_MS = 120_000
const LIMITS = { maxOldGenerationSizeMb: 1024 }

/**
 * Reads a rule set in a thread of its own, so that the server goes on answering; ended where it takes too long or too
 * much memory. Throws what the file system throws.
 */
export function readRulesApart(source: RuleSource): Promise<ReadRuleSet> {
  const program = entryFile('threat-rule-reader')
  if (!existsSync(program)) return Promise.reject(storeErrors.not_built({ file: program }))
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { workerData: source, resourceLimits: LIMITS })
    const late = (): void => {
      reject(new Error(`reading the rules took longer than ${LIMIT_MS / 1000} s`))
      void worker.terminate()
    }
    const timer = setTimeout(late, LIMIT_MS).unref()
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => clearTimeout(timer))
    worker.once('exit', (code) => reject(new Error(`the thread that reads rules ended early, exit ${code}`)))
  })
}
