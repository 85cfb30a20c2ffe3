import { parentPort, workerData } from 'node:worker_threads'
import { prepareSeal } from './prepare-seal.ts'

parentPort?.postMessage(prepareSeal(workerData))
