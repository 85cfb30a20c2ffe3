import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { entryFile, storeErrors } from '@dengta/store'
import type { PreparedSeal, SealInput } from './prepare-seal.ts'

/** `prepareSeal` in a thread of its own: hashing a million rows takes half a minute, in which the server goes on answering. */
export async function prepareApart(input: SealInput): Promise<PreparedSeal> {
  const program = entryFile('seal-worker')
  if (!existsSync(program)) throw storeErrors.not_built({ file: program })
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { workerData: input })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`the thread that prepares a seal ended early, exit ${code}`)))
  })
}
