import type { Batch } from '../batch.ts'
import { pipelineErrors } from '../pipeline-errors.ts'
import { checkRuleSource } from './check-rule-source.ts'
import { Detector } from './detector.ts'
import type { BatchResult, DetectorData, RuleSetReport, RuleSource } from './detector-protocol.ts'
import { Rehearsal } from './rehearsal.ts'
import { type RuleCosts, sumCosts } from './rule-costs.ts'

/** Batches handed to a thread ahead: one at work, one so that it never waits. */
const AHEAD = 2
const TRIES = 2
const RESTART_MS = 1000

export interface DetectorPoolOptions extends DetectorData {
  readonly threads: number
}

/** How a rule set came into use. */
export interface ReloadReport extends RuleSetReport {
  /** The first batch that it evaluated. */
  readonly fromSequence: number
}

export interface Evaluation {
  readonly batch: Batch
  /** Undefined where two detectors died of the batch. */
  readonly result: BatchResult | undefined
}

interface Job {
  readonly batch: Batch
  readonly done: (evaluation: Evaluation) => void
  tries: number
}

/** The detectors of the rule set in use. Takes batches in order; they may come back in another. */
export class DetectorPool {
  readonly #options: DetectorPoolOptions
  #data: DetectorData
  #detectors: Detector[]
  readonly #leaving = new Set<Promise<void>>()
  readonly #queue: Job[] = []
  readonly #lost = new WeakSet<Detector>()
  readonly #alone = new WeakSet<Detector>()
  #handedOver = 0
  #reloading: Promise<void> = Promise.resolve()
  #rehearsal: Rehearsal | undefined
  #failures: string[] = []
  #stopped = false

  private constructor(options: DetectorPoolOptions, detectors: Detector[]) {
    this.#options = options
    this.#data = { ...options, texts: (detectors[0] as Detector).texts }
    this.#detectors = detectors
  }

  /** Throws `threat_pipeline.rules_refused` where the rule set cannot be used. */
  static async start(options: DetectorPoolOptions): Promise<DetectorPool> {
    return new DetectorPool(options, await startAll(options, options.threads))
  }

  get report(): RuleSetReport {
    return (this.#detectors[0] as Detector).report
  }

  /** False while none is left that could evaluate. */
  get alive(): boolean {
    return this.#detectors.some((detector) => detector.alive)
  }

  /** Why detectors were lost, the newest last. */
  get failures(): readonly string[] {
    return this.#failures
  }

  /** `done` is called once for every batch. */
  evaluate(batch: Batch, done: (evaluation: Evaluation) => void): void {
    this.#rehearsal?.note(batch)
    this.#queue.push({ batch, done, tries: 0 })
    this.#handOver()
  }

  /**
   * Tries a rule set within limits, loads it in threads of its own, one after the other, while the old one goes on, then
   * swaps between two batches. One reload at a time. Throws `threat_pipeline.rules_refused`; the old rule set stays.
   */
  reload(rules: RuleSource): Promise<ReloadReport> {
    const reload = this.#reloading.then(() => this.#reload(rules))
    this.#reloading = reload.then(nothing, nothing)
    return reload
  }

  async #reload(rules: RuleSource): Promise<ReloadReport> {
    const fresh = await this.#prepare(rules)
    const old = this.#detectors
    this.#data = { ...this.#data, rules, texts: (fresh[0] as Detector).texts }
    this.#detectors = fresh
    for (const detector of old) this.#retire(detector)
    const fromSequence = this.#queue[0]?.batch.sequence ?? this.#handedOver + 1
    this.#handOver()
    return { ...this.report, fromSequence }
  }

  async #prepare(rules: RuleSource): Promise<Detector[]> {
    const rehearsal = new Rehearsal()
    this.#rehearsal = rehearsal
    let fresh: Detector[] = []
    try {
      const texts = await checkRuleSource(rules)
      fresh = await startInTurn({ ...this.#data, rules, texts }, this.#options.threads)
      await rehearsal.run(fresh)
      if (this.#stopped) throw pipelineErrors.stopped()
      return fresh
    } catch (error) {
      await Promise.all(fresh.map((detector) => detector.stop()))
      throw error
    } finally {
      this.#rehearsal = undefined
    }
  }

  /** What the rules in use have cost, asked behind the batches at work; a detector that dies meanwhile is left out. */
  async costs(): Promise<RuleCosts> {
    const { hash } = this.report
    const detectors = this.#detectors.filter((detector) => detector.alive)
    const events = detectors.reduce((sum, detector) => sum + detector.events, 0)
    const answers = await Promise.allSettled(detectors.map((detector) => detector.costs()))
    const reports = answers.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    return { hash, detectors: reports.length, events, rules: sumCosts(reports) }
  }

  /** Has every detector look at a rule again; answers how many had put it away. */
  async lift(rule: string): Promise<number> {
    const answers = await Promise.allSettled(this.#detectors.map((detector) => detector.lift(rule)))
    return answers.filter((each) => each.status === 'fulfilled' && each.value).length
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await Promise.all([...this.#leaving, ...this.#detectors.map((detector) => detector.stop())])
  }

  #handOver(): void {
    for (let job = this.#queue[0]; job; job = this.#queue[0]) {
      const detector = this.#leastLoaded(job.tries > 0 ? 1 : AHEAD)
      if (!detector) return
      this.#queue.shift()
      this.#run(job, detector)
    }
  }

  #leastLoaded(below: number): Detector | undefined {
    let best: Detector | undefined
    for (const each of this.#detectors)
      if (each.alive && !this.#alone.has(each) && each.load < (best?.load ?? below)) best = each
    return best
  }

  /** A batch that was there when a detector died runs alone, so that no other dies with it again. */
  #run(job: Job, detector: Detector): void {
    if (job.tries > 0) this.#alone.add(detector)
    this.#handedOver = Math.max(this.#handedOver, job.batch.sequence)
    detector.evaluate(job.batch).then(
      (result) => {
        this.#alone.delete(detector)
        job.done({ batch: job.batch, result })
        this.#handOver()
      },
      (error: Error) => this.#failed(job, detector, error),
    )
  }

  #failed(job: Job, detector: Detector, error: Error): void {
    if (this.#stopped) return
    job.tries += 1
    if (job.tries < TRIES) this.#queue.unshift(job)
    else job.done({ batch: job.batch, result: undefined })
    if (this.#detectors.includes(detector) && !this.#lost.has(detector)) this.#replace(detector, error.message)
    this.#handOver()
  }

  /** A dead detector stays in its place until another has loaded the rules that it had; that is tried again without end. */
  #replace(lost: Detector, why: string): void {
    this.#lost.add(lost)
    this.#failures = [...this.#failures, why].slice(-10)
    const set = this.#detectors
    const isCurrent = (): boolean => this.#detectors === set && !this.#stopped
    Detector.start(this.#data).then(
      (detector) => {
        if (isCurrent()) set[set.indexOf(lost)] = detector
        else void detector.stop()
        this.#handOver()
      },
      (error: Error) => setTimeout(() => isCurrent() && this.#replace(lost, error.message), RESTART_MS).unref(),
    )
  }

  /** An old detector ends once it has answered what it holds. */
  #retire(detector: Detector): void {
    const leaving = (async () => {
      while (detector.alive && detector.load > 0) await new Promise((resolve) => setTimeout(resolve, 5))
      await detector.stop()
    })()
    this.#leaving.add(leaving)
    void leaving.finally(() => this.#leaving.delete(leaving))
  }
}

const nothing = (): void => undefined

/** All or none, one after the other: those that evaluate keep most of the processor. */
async function startInTurn(data: DetectorData, threads: number): Promise<Detector[]> {
  const started: Detector[] = []
  try {
    while (started.length < threads) started.push(await Detector.start(data))
    return started
  } catch (error) {
    await Promise.all(started.map((detector) => detector.stop()))
    throw error
  }
}

/** All or none; each reads the files for itself. */
async function startAll(data: DetectorData, threads: number): Promise<Detector[]> {
  const settled = await Promise.allSettled(Array.from({ length: threads }, () => Detector.start(data)))
  const started = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  try {
    for (const each of settled) if (each.status === 'rejected') throw each.reason
    refuseMixed(started, data.rules)
    return started
  } catch (error) {
    await Promise.all(started.map((detector) => detector.stop()))
    throw error
  }
}

/** What an event leads to must not depend on which of them looks at it. */
function refuseMixed(detectors: readonly Detector[], { path }: RuleSource): void {
  const hashes = new Set(detectors.map(({ report }) => report.hash))
  if (hashes.size > 1) throw pipelineErrors.rules_refused({ path, why: CHANGED })
}

const CHANGED = { en: 'its files changed while they were read', zh: '读取期间文件发生了变化' }
