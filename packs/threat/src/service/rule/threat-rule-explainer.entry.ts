import { parentPort, workerData } from 'node:worker_threads'
import { explainTask } from './explain-task.ts'

parentPort?.postMessage(await explainTask(workerData))
