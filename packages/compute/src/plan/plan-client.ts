import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { AppError, type Fillings, type Progress, type ProgressStep, silent, type Text } from '@dengta/kernel'
import { entryFile, storeErrors } from '@dengta/store'
import type { PlanTask, TaskAnswers } from './plan-task.ts'

/** What the thread says: how far it is, then once how it ended. */
export type WorkerMessage =
  | { readonly kind: 'step'; readonly step: ProgressStep }
  | { readonly kind: 'answer'; readonly answer: unknown }
  | { readonly kind: 'failed'; readonly error: PlainError }

/** An AppError as plain data: a class does not cross threads. */
interface PlainError {
  readonly kind: AppError['kind']
  readonly code: string
  readonly text: Text
  readonly details: Fillings
  readonly cause: string
}

export interface RunOptions {
  readonly progress?: Progress
  /** Ends the thread at once; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

/** Memory that one thread may take: a plan of 20,000 jobs needs a third of it. */
const HEAP_MB = 2048

/** Does a planning task in a thread of its own, so that the server goes on answering. Throws what the task throws. */
export async function runApart<T extends PlanTask>(task: T, options: RunOptions = {}): Promise<TaskAnswers[T['kind']]> {
  const program = entryFile('plan-worker')
  if (!existsSync(program)) throw storeErrors.not_built({ file: program })
  options.signal?.throwIfAborted()
  const worker = new Worker(program, { workerData: task, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } })
  const stop = (): void => void worker.terminate()
  options.signal?.addEventListener('abort', stop, { once: true })
  try {
    return (await answerOf(worker, options)) as TaskAnswers[T['kind']]
  } finally {
    options.signal?.removeEventListener('abort', stop)
  }
}

function answerOf(worker: Worker, { progress = silent, signal }: RunOptions): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'step') progress(message.step)
      else if (message.kind === 'answer') resolve(message.answer)
      else reject(revived(message.error))
    })
    worker.once('error', reject)
    worker.once('exit', (code) => {
      reject(signal?.aborted ? signal.reason : new Error(`the planning thread ended early, exit ${code}`))
    })
  })
}

function revived({ kind, code, text, details, cause }: PlainError): AppError {
  return new AppError(kind, code, text, { details, cause: cause === '' ? undefined : new Error(cause) })
}
