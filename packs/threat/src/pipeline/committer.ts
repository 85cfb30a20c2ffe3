import { setTimeout as delay } from 'node:timers/promises'
import type { Text } from '@dengta/kernel'
import type { Batch } from './batch.ts'
import { alertsOf, foundIn, observationsOf } from './batch-findings.ts'
import type { BatchResult } from './detector/detector-protocol.ts'
import { whyNotStored } from './pipeline-errors.ts'
import type { AlertSink, SinkStep } from './sink/alert-sink.ts'
import type { StageChain } from './stage/stage-chain.ts'
import type { FrozenChain } from './stage/stage-state.ts'
import { isFullStep, restAfter } from './step-rest.ts'
import { inTurns } from './turns.ts'

/** Steps with nothing found are stored at most this often. */
const EMPTY_STEP_MS = 500
const RETRY_MS = 250
/** So much may wait for the sink without its lines; beyond it batches keep their memory, and that holds the senders back. */
const MOST_WAITING = { batches: 256, found: 2000 }

export interface CommitterOptions {
  readonly sink: AlertSink
  readonly stages: StageChain
  readonly now: () => number
  /** Milliseconds between checkpoints of the stages. */
  readonly checkpointMs: number
  /** Keeps the lines of a batch that no detector survives. */
  readonly setAside: (batch: Batch) => Promise<void>
  /** Nobody needs the lines of this batch any more: their memory is free. */
  readonly onFree: (batch: Batch) => void
  /** Alerts of these batches are stored, or there were none. */
  readonly onDone: (batches: readonly DoneBatch[], step: SinkStep) => void
  /** The sink has stored everything up to here. */
  readonly onPosition: (position: number) => void
}

export interface DoneBatch {
  readonly batch: Batch
  readonly result: BatchResult | undefined
  readonly alerts: number
}

type Work = 'append' | 'set aside' | 'checkpoint'

interface Pending {
  readonly batch: Batch
  durable: boolean
  evaluated: boolean
  isFree: boolean
  result: BatchResult | undefined
}

/** Brings batches back into order and stores what they led to, once they are both durable and evaluated. */
export class Committer {
  readonly #options: CommitterOptions
  readonly #pending = new Map<number, Pending>()
  /** What was found in evaluated batches and waits for the sink. */
  #found = 0
  #head: number
  #running: Promise<void> | undefined
  #lastStep = 0
  #lastCheckpoint: number
  #checkpointed = 0
  readonly #failing = new Map<Work, Text>()
  #checkpointing: Promise<void> | undefined
  /** Receipt of the first batch of the step at hand. */
  #storingMs: number | undefined
  #stopping = false
  /** Nothing is stored any more. */
  #isOver = false

  constructor(options: CommitterOptions) {
    this.#options = options
    this.#head = options.sink.position + 1
    this.#lastCheckpoint = options.now()
  }

  /** Why nothing can be stored at the moment. */
  get failing(): Text | undefined {
    return this.#failing.get('append') ?? this.#failing.get('set aside') ?? this.#failing.get('checkpoint')
  }

  /** Receipt of the oldest batch that is not stored yet. */
  get oldestMs(): number | undefined {
    return this.#storingMs ?? this.#pending.get(this.#head)?.batch.receivedMs
  }

  add(batch: Batch): void {
    this.#pending.set(batch.sequence, { batch, durable: false, evaluated: false, isFree: false, result: undefined })
  }

  durable({ sequence }: Batch): void {
    const pending = this.#pending.get(sequence)
    if (!pending) return
    pending.durable = true
    this.#free(pending)
    this.#wake()
  }

  evaluated({ sequence }: Batch, result: BatchResult | undefined): void {
    const pending = this.#pending.get(sequence)
    if (!pending) return
    Object.assign(pending, { evaluated: true, result })
    this.#found += foundIn(pending.result)
    this.#free(pending)
    this.#wake()
  }

  /** No detector survives it: the flow goes on once its lines are kept. */
  async unevaluated(batch: Batch): Promise<void> {
    if (await this.#untilDone('set aside', () => this.#options.setAside(batch))) this.evaluated(batch, undefined)
  }

  #free(pending: Pending): void {
    const isCrowded = this.#pending.size > MOST_WAITING.batches || this.#found > MOST_WAITING.found
    if (!pending.durable || !pending.evaluated || isCrowded) return
    pending.isFree = true
    this.#options.onFree(pending.batch)
  }

  /** Stores what is ready and a last checkpoint. */
  async stop(): Promise<void> {
    this.#stopping = true
    while (this.#running) await this.#running
    this.#isOver = true // what comes now would change the state while it is copied
    await this.#checkpointing
    if (this.failing === undefined) await this.#checkpoint()
    await this.#checkpointing
  }

  #wake(): void {
    if (!this.#isOver) this.#running ??= this.#run()
  }

  async #run(): Promise<void> {
    await undefined // so that #running is set before it can be unset
    for (let ready = this.#takeReady(); ready.length > 0 && !this.#isOver; ready = this.#takeReady()) {
      this.#storingMs = ready[0]?.batch.receivedMs
      await this.#commit(ready)
      this.#storingMs = undefined
      if (this.#stopping) continue
      if (this.#options.now() - this.#lastCheckpoint >= this.#options.checkpointMs) await this.#checkpoint()
      await delay(restAfter(foundInAll(ready)))
    }
    this.#running = undefined // in the same turn as the look at what is ready, or a batch could be left there
  }

  #takeReady(): Pending[] {
    const ready: Pending[] = []
    let found = 0
    let next = this.#pending.get(this.#head)
    while (next?.durable && next.evaluated && !isFullStep(found)) {
      this.#pending.delete(this.#head)
      this.#head += 1
      ready.push(next)
      found += foundIn(next.result)
      next = this.#pending.get(this.#head)
    }
    return ready
  }

  async #commit(ready: readonly Pending[]): Promise<void> {
    const { stages, sink, onFree, onDone, onPosition, now } = this.#options
    const alerts = await alertsOf(ready)
    const observations = await observationsOf(ready)
    const { sequence, receivedMs } = (ready.at(-1) as Pending).batch
    const isDue = alerts.length + observations.length > 0 || this.#stopping || now() - this.#lastStep >= EMPTY_STEP_MS
    const findings = isDue ? await stages.push(alerts, receivedMs, observations) : []
    const step = { position: sequence, timeMs: receivedMs, alerts, findings, observations }
    if (isDue) {
      if (!(await this.#untilDone('append', () => sink.append(step)))) {
        this.#isOver = true // a step behind this one would say that this one is stored
        return
      }
      this.#lastStep = now()
      onPosition(sequence)
    }
    for (const pending of ready) {
      this.#found -= foundIn(pending.result)
      if (!pending.isFree) onFree(pending.batch)
    }
    onDone(ready.map(doneOf), step)
  }

  /** Copies the state between two steps, and writes it down while further ones go on: one checkpoint at a time. */
  async #checkpoint(): Promise<void> {
    if (this.#checkpointing) return
    const { sink, stages, now } = this.#options
    this.#lastCheckpoint = now()
    const { position } = sink
    if (position === this.#checkpointed) return
    const frozen = await inTurns(stages.freeze())
    if (frozen) this.#checkpointing = this.#keep(position, frozen)
  }

  async #keep(position: number, frozen: FrozenChain): Promise<void> {
    const { sink } = this.#options
    const state = await inTurns(frozen)
    if (state && (await this.#untilDone('checkpoint', () => sink.saveCheckpoint({ position, state }))))
      this.#checkpointed = position
    this.#checkpointing = undefined
  }

  /** Tries until it works; false where the pipeline stops before. */
  async #untilDone(what: Work, work: () => Promise<void>): Promise<boolean> {
    for (;;) {
      try {
        await work()
        this.#failing.delete(what)
        return true
      } catch (error) {
        this.#failing.set(what, whyNotStored(error))
        if (this.#stopping) return false
        await delay(RETRY_MS)
      }
    }
  }
}

const foundInAll = (step: readonly Pending[]): number => step.reduce((sum, { result }) => sum + foundIn(result), 0)

const doneOf = ({ batch, result }: Pending): DoneBatch => ({ batch, result, alerts: result?.alerts.count ?? 0 })
