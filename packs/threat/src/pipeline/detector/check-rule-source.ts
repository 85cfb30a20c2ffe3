import { Worker } from 'node:worker_threads'
import { AppError, type Text } from '@dengta/kernel'
import { entryFile } from '@dengta/store'
import { pipelineErrors } from '../pipeline-errors.ts'
import { whyRefused } from './detector.ts'
import type { DetectorMessage, RuleSource } from './detector-protocol.ts'
import { AT_BYTES, BEFORE_FILES, noteAt, placeText, type RuleCheckData, readAt } from './rule-check-protocol.ts'

export interface RuleCheckLimits {
  readonly seconds: number
  readonly megabytes: number
}

/** SigmaHQ's 3,757 rules take 2.2 CPU-seconds and less than 300 MB. */
const LIMITS: RuleCheckLimits = { seconds: 120, megabytes: 1024 }

/**
 * Reads a rule set once, so that no file holds up or kills those that evaluate, and answers what it read: whoever loads that
 * has what was tried, however the files change meanwhile. Throws as `readWithinLimits`.
 */
export async function checkRuleSource(rules: RuleSource, limits: RuleCheckLimits = LIMITS): Promise<SharedArrayBuffer> {
  const { texts } = await readWithinLimits<Checked>('threat-rule-check', rules, limits)
  return texts
}

/**
 * Has a program of its own thread, which may be ended, read a rule set; answers what it says.
 * Throws `threat_pipeline.rules_refused`, with the file at work where time or memory ran out.
 */
export async function readWithinLimits<Message extends { readonly kind: string }>(
  program: string,
  rules: RuleSource,
  limits: RuleCheckLimits = LIMITS,
): Promise<Exclude<Message, Refusal>> {
  const at = new SharedArrayBuffer(AT_BYTES)
  noteAt(at, BEFORE_FILES)
  const resourceLimits = { maxOldGenerationSizeMb: limits.megabytes }
  const workerData: RuleCheckData = { rules, at }
  const worker = new Worker(entryFile(program), { workerData, resourceLimits })
  try {
    const message = await answerOf<Message | Refusal>(worker, limits)
    if (message.kind !== 'refused') return message as Exclude<Message, Refusal>
    throw pipelineErrors.rules_refused({ path: rules.path, why: whyRefused(message as Refusal) })
  } catch (error) {
    if (error instanceof AppError) throw error
    throw pipelineErrors.rules_refused(
      { path: rules.path, why: whyEnded(error as Error, limits, placeText(readAt(at))) },
      error,
    )
  } finally {
    await worker.terminate()
  }
}

type Checked = Extract<DetectorMessage, { kind: 'ready' }>
type Refusal = Extract<DetectorMessage, { kind: 'refused' }>

class TooLong extends Error {}

/** Where time or memory ran out, at which file. */
function whyEnded(error: NodeJS.ErrnoException, { seconds, megabytes }: RuleCheckLimits, at: Text): string | Text {
  if (error instanceof TooLong)
    return {
      en: `reading it took longer than ${seconds} s (at ${at.en})`,
      zh: `读取超过 ${seconds} 秒（停在 ${at.zh}）`,
    }
  if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return error.message
  return {
    en: `reading it went over the memory limit of ${megabytes} MB (at ${at.en})`,
    zh: `读取时内存超过上限 ${megabytes} MB（停在 ${at.zh}）`,
  }
}

function answerOf<Message>(worker: Worker, { seconds }: RuleCheckLimits): Promise<Message> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new TooLong())
    const timer = setTimeout(late, seconds * 1000)
    const done = <T>(settle: (value: T) => void) => {
      return (value: T): void => {
        clearTimeout(timer)
        settle(value)
      }
    }
    worker.once('message', done(resolve))
    worker.once('error', done(reject))
    worker.once('exit', (code) => done(reject)(new Error(`exit code ${code}`)))
  })
}
