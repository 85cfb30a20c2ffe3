import { Worker } from 'node:worker_threads'
import { entryFile } from '@dengta/store'

export interface TrainingWish {
  /** The benchmark definition as YAML and its open rows as CSV: all that a developer gets. */
  readonly definition: string
  readonly openRows: Uint8Array
  readonly kind: 'linear' | 'trees' | 'trees-adaptive'
  readonly form: 'linear' | 'trees' | 'onnx'
  readonly seed: number
}

export type Trainer = (wish: TrainingWish) => Promise<Uint8Array<ArrayBuffer>>

/** Trains in a worker thread, so that the server goes on answering. */
export const trainInWorker: Trainer = (wish) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(entryFile('train-worker'), { workerData: wish })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`the training worker ended with code ${code}`)))
  })
