import { parentPort, workerData } from 'node:worker_threads'
import { readRuleSet } from './rule-rows.ts'

parentPort?.postMessage(await readRuleSet(workerData))
