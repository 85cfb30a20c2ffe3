import { randomUUID } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type HomeLock, lockHome, makeDurableFolder } from '@dengta/store'
import type { EventSource } from '../ingest/source.ts'
import { type Batch, placeOf } from './batch.ts'
import { BatchIntake } from './batch-intake.ts'
import { Committer, type DoneBatch } from './committer.ts'
import { DetectorPool, type Evaluation, type ReloadReport } from './detector/detector-pool.ts'
import type { RuleSource } from './detector/detector-protocol.ts'
import type { RuleCosts } from './detector/rule-costs.ts'
import { FlowMetrics } from './flow-metrics.ts'
import { Journal } from './journal/journal.ts'
import type { PipelineStatus } from './pipeline-status.ts'
import { recoveredBatches } from './recovered-batches.ts'
import { setAside } from './set-aside.ts'
import type { AlertSink, SinkStep } from './sink/alert-sink.ts'
import { SLAB_POOL, SlabPool, type SlabPoolOptions } from './slab-pool.ts'
import type { Stage } from './stage/stage.ts'
import { StageChain } from './stage/stage-chain.ts'

export interface PipelineOptions {
  /** Folder of the journal; held by a lock while the pipeline runs. */
  readonly folder: string
  readonly rules: RuleSource
  readonly sink: AlertSink
  readonly stages?: readonly Stage[]
  /** Detection threads; 2 where left out. */
  readonly threads?: number
  readonly memory?: SlabPoolOptions
  readonly segmentBytes?: number
  /** Milliseconds between checkpoints of the stages; 30,000 where left out. */
  readonly checkpointMs?: number
  /** Milliseconds between looks whether a stage waits for time to pass; where left out, only lines move time on. */
  readonly beatMs?: number
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

interface Parts {
  readonly lock: HomeLock
  readonly journal: Journal
  readonly detectors: DetectorPool
  readonly stages: StageChain
  readonly pool: SlabPool
}

/** From a received line to a stored alert: journal, detection on all cores, stages, sink. */
export class Pipeline {
  readonly #options: PipelineOptions
  readonly #parts: Parts
  readonly #metrics: FlowMetrics
  readonly #intake: BatchIntake
  readonly #committer: Committer
  readonly #sources: EventSource[] = []
  readonly #now: () => number
  #reloads: ReloadReport[] = []
  #beating: NodeJS.Timeout | undefined

  private constructor(options: PipelineOptions, parts: Parts) {
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
      await pipeline.#recover()
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
    const { journal, detectors, lock } = this.#parts
    clearInterval(this.#beating)
    await Promise.all(this.#sources.map((source) => source.stop()))
    this.#intake.flush()
    while (this.#committer.oldestMs !== undefined && this.#intake.healthy && detectors.alive) await delay(5)
    await journal.close()
    await this.#committer.stop()
    await detectors.stop()
    await this.#options.sink.close()
    await lock.release()
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

  async #recover(): Promise<void> {
    const { journal, pool } = this.#parts
    for await (const batch of recoveredBatches(journal, pool, this.#options.sink.position)) {
      this.#metrics.accepted(batch.lines, batch.length)
      this.#committer.add(batch)
      this.#evaluate(batch)
      this.#committer.durable(batch)
    }
  }
}

async function openParts(options: PipelineOptions, lock: HomeLock): Promise<Parts> {
  const { folder, rules, sink, threads = 2, memory = SLAB_POOL, segmentBytes } = options
  const processed = sink.position
  const segment = segmentBytes === undefined ? {} : { segmentBytes }
  const journal = await Journal.open({ folder: join(folder, 'journal'), processed, newId: randomUUID(), ...segment })
  const stages = new StageChain(options.stages ?? [])
  await restoreStages(stages, sink)
  const pool = new SlabPool(memory)
  const detectors = await DetectorPool.start({ rules, threads, memory: pool.memory, journal: journal.id })
  return { lock, journal, detectors, stages, pool }
}

/** The last checkpoint, and the stored alerts since; what the stages conclude from those is stored already. */
async function restoreStages(stages: StageChain, sink: AlertSink): Promise<void> {
  const checkpoint = await sink.loadCheckpoint()
  if (checkpoint) stages.restore(checkpoint.state)
  for await (const { alerts, timeMs, observations } of sink.replay(checkpoint?.position ?? 0))
    await stages.push(alerts, timeMs, observations)
}
