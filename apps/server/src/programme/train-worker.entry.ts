import { parentPort, workerData } from 'node:worker_threads'
import { trainFromOpenRows } from '@dengta/benchmark'
import type { TrainingWish } from './trainer.ts'

const { definition, openRows, kind, form, seed } = workerData as TrainingWish
parentPort?.postMessage(await trainFromOpenRows({ definition, openRows, kind, form, seed }))
