import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { entryFile, storeErrors } from '@dengta/store'
import type { RuleSource } from '../../pipeline/detector/detector-protocol.ts'
import type { ReadRuleSet } from './rule-rows.ts'

/** Reads a rule set in a thread of its own, so that the server goes on answering. Throws what the file system throws. */
export function readRulesApart(source: RuleSource): Promise<ReadRuleSet> {
  const program = entryFile('threat-rule-reader')
  if (!existsSync(program)) return Promise.reject(storeErrors.not_built({ file: program }))
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { workerData: source })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`the thread that reads rules ended early, exit ${code}`)))
  })
}
