import { setPriority } from 'node:os'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { DnsObserver } from '../../dns-volume/dns-observer.ts'
import { randomKey } from '../../dns-volume/keyed-hash.ts'
import { Matcher } from '../../match/matcher.ts'
import { answerOf } from './answer-question.ts'
import type { AskMessage, DetectorData, DetectorMessage, EvaluateMessage } from './detector-protocol.ts'
import { type EvaluationContext, evaluateBatch } from './evaluate-batch.ts'
import { loadRuleTexts } from './load-rule-source.ts'
import { readRuleTexts, sharedTexts, textsFrom } from './rule-texts.ts'

/** On Linux 0 is the calling thread: receiving, acknowledging and the disk take little and go first. */
const LOWER = 5

const port = parentPort as MessagePort
const { rules: source, texts: known, memory: pool, journal } = workerData as DetectorData
const send = (message: DetectorMessage): void => port.postMessage(message)

/** What a rehearsal finds is thrown away, so nothing of it may count as seen. */
const FORGETTING = { rules: DnsObserver.rules, observe: () => undefined }

function serve(context: EvaluationContext): void {
  port.on('message', (message: EvaluateMessage | AskMessage) => {
    if ('ask' in message) {
      return send({ kind: 'answer', ask: message.ask, answer: answerOf(context.matcher, message.question) })
    }
    const { sequence, receivedMs, at, length, memory } = message
    const bytes = Buffer.from(memory ?? pool, at, length)
    const known = sequence < 0 ? { ...context, observer: FORGETTING } : context
    send({ kind: 'result', result: evaluateBatch({ sequence, receivedMs }, bytes, known) })
  })
}

try {
  if (process.platform === 'linux') setPriority(0, LOWER)
  const texts = known === undefined ? await readRuleTexts(source) : textsFrom(known)
  const { rules, formats, report } = loadRuleTexts(texts, source)
  if (rules.length === 0)
    send({ kind: 'refused', why: { en: 'it has no valid rule', zh: '其中没有有效的规则' }, report })
  else {
    serve({ matcher: new Matcher(rules, formats), formats, journal, observer: new DnsObserver({ key: randomKey() }) })
    send({ kind: 'ready', report, texts: known ?? sharedTexts(texts) })
  }
} catch (error) {
  send({ kind: 'refused', why: error instanceof Error ? error.message : String(error) })
}
