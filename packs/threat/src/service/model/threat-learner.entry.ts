import { parentPort, workerData } from 'node:worker_threads'
import { runLearnTask } from './learn-task.ts'

parentPort?.postMessage(runLearnTask(workerData))
