import { Worker } from 'node:worker_threads'
import type { Text } from '@dengta/kernel'
import { entryFile } from '@dengta/store'
import type { Batch } from '../batch.ts'
import { pipelineErrors } from '../pipeline-errors.ts'
import type {
  AskMessage,
  BatchResult,
  DetectorCosts,
  DetectorData,
  DetectorMessage,
  EvaluateMessage,
  Question,
  RuleSetReport,
} from './detector-protocol.ts'

/** A batch of any size is done within this time, milliseconds; a detector that takes longer is ended. */
const BATCH_LIMIT_MS = 20_000
/** Rules are read within this time, milliseconds. */
const LOAD_LIMIT_MS = 180_000
/** Young objects die in one batch: room for them saves most of the collector's work. */
const LIMITS = { maxYoungGenerationSizeMb: 64, maxOldGenerationSizeMb: 4096 }

interface Running {
  readonly resolve: (result: BatchResult) => void
  readonly reject: (error: unknown) => void
  readonly timer: NodeJS.Timeout
}

type Answer = DetectorCosts | boolean

interface Asked {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

/** One thread with a rule set of its own. */
export class Detector {
  readonly report: RuleSetReport
  /** What its rules are made from. */
  readonly texts: SharedArrayBuffer
  readonly #worker: Worker
  readonly #running = new Map<number, Running>()
  readonly #asked = new Map<number, Asked>()
  #asks = 0
  #events = 0
  #failed: string | Text | undefined

  private constructor(worker: Worker, { report, texts }: Pick<Detector, 'report' | 'texts'>) {
    this.#worker = worker
    this.report = report
    this.texts = texts
    worker.on('message', (message: DetectorMessage) => this.#take(message))
    worker.on('error', (error) => this.#fail(error.message))
    worker.on('exit', (code) => this.#fail({ en: `exit code ${code}`, zh: `退出码 ${code}` }))
  }

  /** Starts a thread and loads its rules; throws `threat_pipeline.rules_refused` where it cannot use them. */
  static async start(data: DetectorData): Promise<Detector> {
    const worker = new Worker(entryFile('threat-detector'), { workerData: data, resourceLimits: LIMITS })
    try {
      const message = await firstMessage(worker)
      if (message.kind === 'ready') return new Detector(worker, message)
      throw pipelineErrors.rules_refused({ path: data.rules.path, why: whyRefused(message) })
    } catch (error) {
      await worker.terminate()
      throw error
    }
  }

  get alive(): boolean {
    return this.#failed === undefined
  }

  /** Batches handed over and not answered yet. */
  get load(): number {
    return this.#running.size
  }

  /** Rejects where the thread dies of it, or before it. */
  evaluate({ sequence, receivedMs, slab, length }: Batch): Promise<BatchResult> {
    if (this.#failed !== undefined) return Promise.reject(pipelineErrors.detector_failed({ why: this.#failed }))
    const memory = slab.index < 0 ? { memory: slab.memory } : {}
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#fail(tooLong(sequence)), BATCH_LIMIT_MS).unref()
      this.#running.set(sequence, { resolve, reject, timer })
      const place = { at: slab.at, length, ...memory }
      this.#worker.postMessage({ sequence, receivedMs, ...place } satisfies EvaluateMessage)
    })
  }

  /** Events that it has evaluated. */
  get events(): number {
    return this.#events
  }

  /** What its rules have cost; answered behind the batches that it holds. Rejects where the thread ends before. */
  costs(): Promise<DetectorCosts> {
    return this.#ask({ kind: 'costs' }) as Promise<DetectorCosts>
  }

  /** Looks at a rule again; resolves to false where it is in no quarantine here. Rejects as `costs`. */
  lift(rule: string): Promise<boolean> {
    return this.#ask({ kind: 'lift', rule }) as Promise<boolean>
  }

  async stop(): Promise<void> {
    this.#fail(STOPPED)
    await this.#worker.terminate()
  }

  #ask(question: Question): Promise<Answer> {
    if (this.#failed !== undefined) return Promise.reject(pipelineErrors.detector_failed({ why: this.#failed }))
    this.#asks += 1
    const ask = this.#asks
    return new Promise((resolve, reject) => {
      this.#asked.set(ask, { resolve, reject })
      this.#worker.postMessage({ ask, question } satisfies AskMessage)
    })
  }

  #take(message: DetectorMessage): void {
    if (message.kind === 'answer') this.#answered(message.ask, message.answer)
    if (message.kind !== 'result') return
    this.#events += message.result.events
    const running = this.#running.get(message.result.sequence)
    this.#running.delete(message.result.sequence)
    clearTimeout(running?.timer)
    running?.resolve(message.result)
  }

  #answered(ask: number, answer: Answer): void {
    this.#asked.get(ask)?.resolve(answer)
    this.#asked.delete(ask)
  }

  #fail(why: string | Text): void {
    if (this.#failed !== undefined) return
    this.#failed = why
    void this.#worker.terminate()
    for (const { reject, timer } of this.#running.values()) {
      clearTimeout(timer)
      reject(pipelineErrors.detector_failed({ why }))
    }
    this.#running.clear()
    for (const { reject } of this.#asked.values()) reject(pipelineErrors.detector_failed({ why }))
    this.#asked.clear()
  }
}

const STOPPED = { en: 'it was stopped', zh: '已被停止' }

const tooLong = (batch: number): Text => ({
  en: `batch ${batch} took longer than ${BATCH_LIMIT_MS / 1000} s`,
  zh: `第 ${batch} 批检测超过 ${BATCH_LIMIT_MS / 1000} 秒`,
})

function firstMessage(worker: Worker): Promise<DetectorMessage> {
  return new Promise((resolve, reject) => {
    const late = (): void =>
      reject(pipelineErrors.detector_failed({ why: { en: 'loading the rules took too long', zh: '加载规则耗时过长' } }))
    const timer = setTimeout(late, LOAD_LIMIT_MS).unref()
    worker.once('message', (message: DetectorMessage) => {
      clearTimeout(timer)
      resolve(message)
    })
    worker.once('error', reject)
    worker.once('exit', (code) =>
      reject(pipelineErrors.detector_failed({ why: { en: `exit code ${code}`, zh: `退出码 ${code}` } })),
    )
  })
}

/** Why a rule set was refused, with its first faulty file. */
export function whyRefused(message: DetectorMessage): Text {
  if (message.kind !== 'refused') return { en: 'no answer', zh: '没有回应' }
  const { why, report } = message
  const first = report?.invalid[0]
  const { en, zh } = typeof why === 'string' ? { en: why, zh: why } : why
  if (first === undefined) return { en, zh }
  const { file, line, reason } = first
  return { en: `${en}; ${file}, line ${line}: ${reason.en}`, zh: `${zh}；${file} 第 ${line} 行：${reason.zh}` }
}
