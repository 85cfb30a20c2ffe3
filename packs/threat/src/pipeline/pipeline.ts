import { realpath } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { lockHome, makeDurableFolder } from '@dengta/store'
import type { EventSource } from '../ingest/source.ts'
import { type Batch, placeOf } from './batch.ts'
import { BatchIntake } from './batch-intake.ts'
import { Committer, type DoneBatch } from './committer.ts'
import type { Evaluation, ReloadReport } from './detector/detector-pool.ts'
import type { RuleSource } from './detector/detector-protocol.ts'
import type { RuleCosts } from './detector/rule-costs.ts'
import { FlowMetrics } from './flow-metrics.ts'
import type { DamagedPart } from './journal/read-segment.ts'
import type { PipelineOptions } from './pipeline-options.ts'
import { openParts, type PipelineParts } from './pipeline-parts.ts'
import type { PipelineStatus } from './pipeline-status.ts'
import { recoveredBatches } from './recovered-batches.ts'
import { setAside, setDamageAside } from './set-aside.ts'
import type { SinkStep } from './sink/alert-sink.ts'

/** From a received line to a stored alert: journal, detection on all cores, stages, sink. */
export class Pipeline {
  readonly #options: PipelineOptions
  readonly #parts: PipelineParts
  readonly #metrics: FlowMetrics
  readonly #intake: BatchIntake
  readonly #committer: Committer
  readonly #sources: EventSource[] = []
  readonly #now: () => number
  #reloads: ReloadReport[] = []
  #beating: NodeJS.Timeout | undefined

  private constructor(options: PipelineOptions, parts: PipelineParts) {
    this.#options = options
    this.#parts = parts
    this.#now = options.now ?? Date.now
    this.#metrics = new FlowMetrics(this.#now)
    this.#committer = new Committer({
      sink: options.sink,
      stages: parts.stages,
      now: this.#now,
      checkpointMs: options.checkpointMs ?? 30_000,
      setAside: (batch) => setAside(options.folder, batch),
      onFree: (batch) => this.#intake.release(batch),
      onDone: (batches, step) => this.#done(batches, step),
      onPosition: (position) => parts.journal.release(position),
    })
    this.#intake = new BatchIntake({
      pool: parts.pool,
      marks: parts.journal.marks,
      nextSequence: parts.journal.next,
      now: this.#now,
      seal: (batch) => this.#sealed(batch),
      isHealthy: () => parts.journal.status.failing === undefined && this.#committer.failing === undefined,
      onFault: (stream, fault) => this.#metrics.fault(stream, fault),
    })
  }

  /**
   * Starts where the last run ended: restores the stages, evaluates what the journal holds beyond the stored position.
   * Throws `store.locked`, `threat_pipeline.rules_refused`, `.journal_damaged` or `.sink_ahead`.
   */
  static async start(options: PipelineOptions): Promise<Pipeline> {
    await makeDurableFolder(options.folder)
    const lock = await lockHome(await realpath(options.folder))
    try {
      const pipeline = new Pipeline(options, await openParts(options, lock))
      await pipeline.#recovered()
      pipeline.#startBeating()
      return pipeline
    } catch (error) {
      await lock.release()
      throw error
    }
  }

  async addSource(source: EventSource): Promise<void> {
    await source.start(this.#intake)
    this.#sources.push(source)
  }

  /** Swaps the rule set between two batches; throws `threat_pipeline.rules_refused` and keeps the old one. */
  async reload(rules: RuleSource): Promise<ReloadReport> {
    const report = await this.#parts.detectors.reload(rules)
    this.#reloads = [...this.#reloads, report].slice(-20)
    return report
  }

  status(): PipelineStatus {
    const { journal, detectors, stages, pool } = this.#parts
    const oldest = this.#committer.oldestMs
    return {
      journal: { id: journal.id, next: journal.next, ...journal.status },
      sink: { position: this.#options.sink.position, failing: this.#committer.failing },
      totals: { ...this.#metrics.totals },
      latency: this.#metrics.latency,
      lagMs: oldest === undefined ? 0 : Math.max(0, this.#now() - oldest),
      memory: { totalBytes: pool.totalBytes, freeBytes: pool.freeBytes },
      rules: detectors.report,
      reloads: this.#reloads.map(({ hash, rules, fromSequence }) => ({ hash, rules, fromSequence })),
      detectorFailures: detectors.failures,
      stageFaults: stages.faults,
      sources: this.#sources.map((source) => source.status()),
      faults: this.#metrics.faults,
      seconds: this.#metrics.seconds,
    }
  }

  /** What each rule has cost since the rule set is in use; waits for the batches that are with the detectors. */
  ruleCosts(): Promise<RuleCosts> {
    return this.#parts.detectors.costs()
  }

  /** Looks at a rule again that was put in quarantine; answers how many detectors had put it there. */
  liftQuarantine(rule: string): Promise<number> {
    return this.#parts.detectors.lift(rule)
  }

  /** Begins the durations of the status anew, e.g. after a warm-up. */
  forgetLatency(): void {
    this.#metrics.forgetLatency()
  }

  /** Takes nothing more in, finishes what is under way, saves the stages, lets go of the folder. */
  async stop(): Promise<void> {
    const { detectors, lock } = this.#parts
    clearInterval(this.#beating)
    await Promise.all(this.#sources.map((source) => source.stop()))
    this.#intake.flush()
    while (this.#committer.oldestMs !== undefined && this.#intake.healthy && detectors.alive) await delay(5)
    await this.#close()
    await this.#options.sink.close()
    await lock.release()
  }

  async #close(): Promise<void> {
    const { journal, detectors } = this.#parts
    await journal.close()
    await this.#committer.stop()
    await detectors.stop()
  }

  /** Time that passes in silence goes through the journal too, so that a restart sees the same. */
  #startBeating(): void {
    const { beatMs } = this.#options
    if (beatMs === undefined) return
    this.#beating = setInterval(() => {
      const isIdle = this.#committer.oldestMs === undefined
      if (isIdle && (this.#parts.stages.dueMs ?? Number.POSITIVE_INFINITY) <= this.#now()) this.#intake.beat()
    }, beatMs).unref()
  }

  #sealed(batch: Batch): void {
    this.#metrics.accepted(batch.lines, batch.length)
    this.#committer.add(batch)
    this.#evaluate(batch)
    this.#parts.journal.append(batch).then(
      () => {
        this.#intake.durable(batch)
        this.#committer.durable(batch)
      },
      () => undefined, // only while stopping: the batch was never acknowledged
    )
  }

  #evaluate(batch: Batch): void {
    this.#parts.detectors.evaluate(batch, (evaluation) => this.#evaluated(evaluation))
  }

  #evaluated({ batch, result }: Evaluation): void {
    if (result) this.#committer.evaluated(batch, result)
    else {
      this.#metrics.totals.unevaluated += batch.lines
      for (const { stream } of batch.parts) this.#metrics.fault(stream, 'detector_failed')
      void this.#committer.unevaluated(batch)
    }
  }

  #done(batches: readonly DoneBatch[], { findings }: SinkStep): void {
    const now = this.#now()
    for (const { batch, result, alerts } of batches) {
      if (result) this.#metrics.evaluated(result)
      for (const { line, fault } of result?.faulty ?? []) this.#metrics.fault(placeOf(batch.parts, line).stream, fault)
      this.#metrics.stored(alerts, now - batch.receivedMs)
    }
    this.#metrics.concluded(findings.length)
  }

  /** Leaves nothing running where what the journal holds cannot be read. */
  async #recovered(): Promise<void> {
    try {
      await this.#recover()
    } catch (error) {
      await this.#close()
      throw error
    }
  }

  async #recover(): Promise<void> {
    const { journal, pool } = this.#parts
    const { folder, sink } = this.#options
    const keep = async (part: DamagedPart): Promise<void> => {
      this.#metrics.totals.unevaluated += await setDamageAside(folder, part)
    }
    for await (const batch of recoveredBatches({ journal, pool, after: sink.position, now: this.#now, keep })) {
      this.#metrics.accepted(batch.lines, batch.length)
      this.#committer.add(batch)
      this.#evaluate(batch)
      this.#committer.durable(batch)
    }
  }
}
