import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { entryFile, storeErrors } from '@dengta/store'
import type { LearnTask, Learnt } from './learn-task.ts'

/** Six networks of AIT-ADS take about 1 GB while their alerts are read. */
const LIMITS = { maxOldGenerationSizeMb: 3072 }

/** Learns in a thread of its own: the server goes on answering, and what learning took of memory is given back. */
export function learnApart(task: LearnTask): Promise<Learnt> {
  const program = entryFile('threat-learner')
  if (!existsSync(program)) return Promise.reject(storeErrors.not_built({ file: program }))
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { workerData: task, resourceLimits: LIMITS })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`the learning thread ended early, exit ${code}`)))
  })
}
