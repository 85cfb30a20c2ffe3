import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { noteAt, type RuleCheckData } from '../../pipeline/detector/rule-check-protocol.ts'
import { type CorrelationMessage, readCorrelationFiles } from './correlation-rules.ts'

/** On Linux 0 is the calling thread: receiving and evaluating go first. */
const LOWER = 10

const { rules, at } = workerData as RuleCheckData
const send = (message: CorrelationMessage): void => parentPort?.postMessage(message)

try {
  if (process.platform === 'linux') setPriority(0, LOWER)
  const read = await readCorrelationFiles(rules, (path) => noteAt(at, path))
  send({ kind: 'read', ...read })
} catch (error) {
  send({ kind: 'refused', why: error instanceof Error ? error.message : String(error) })
}
