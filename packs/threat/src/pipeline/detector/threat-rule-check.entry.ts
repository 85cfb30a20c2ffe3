import { setPriority } from 'node:os'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { Matcher } from '../../match/matcher.ts'
import type { DetectorMessage } from './detector-protocol.ts'
import { loadRuleTexts } from './load-rule-source.ts'
import { ALL_FILES, noteAt, type RuleCheckData } from './rule-check-protocol.ts'
import { readRuleTexts, sharedTexts } from './rule-texts.ts'

/** On Linux 0 is the calling thread: receiving and evaluating go first, and detectors run at 5. */
const LOWER = 10

const port = parentPort as MessagePort
const { rules: source, at } = workerData as RuleCheckData
const send = (message: DetectorMessage): void => port.postMessage(message)

try {
  if (process.platform === 'linux') setPriority(0, LOWER)
  const texts = await readRuleTexts(source)
  const { rules, formats, report } = loadRuleTexts(texts, source, (path) => noteAt(at, path))
  noteAt(at, ALL_FILES)
  if (rules.length === 0)
    send({ kind: 'refused', why: { en: 'it has no valid rule', zh: '其中没有有效的规则' }, report })
  else {
    new Matcher(rules, formats)
    send({ kind: 'ready', report, texts: sharedTexts(texts) })
  }
} catch (error) {
  send({ kind: 'refused', why: error instanceof Error ? error.message : String(error) })
}
