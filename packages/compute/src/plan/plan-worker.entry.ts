import { parentPort, workerData } from 'node:worker_threads'
import { toAppError } from '@dengta/kernel'
import type { WorkerMessage } from './plan-client.ts'
import { runPlanTask } from './plan-task.ts'

const tell = (message: WorkerMessage): void => parentPort?.postMessage(message)

try {
  const answer = await runPlanTask(workerData, (step) => tell({ kind: 'step', step }))
  tell({ kind: 'answer', answer })
} catch (thrown) {
  const { kind, code, text, details, cause } = toAppError(thrown)
  tell({ kind: 'failed', error: { kind, code, text, details, cause: String(cause ?? '') } })
}
