import { mkdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { type Clock, toAppError } from '@dengta/kernel'
import type { Sandbox, SandboxLimits, SandboxResult } from '@dengta/sandbox'
import { type HomeLock, lockHome } from '@dengta/store'
import type { EngineJob, EngineState, Executor, GangChange, Order, Usage } from '../executor/executor.ts'
import { mayStart, type Pool } from '../executor/may-start.ts'
import { type EnergyMeter, type EnergyMeterOptions, openEnergyMeter } from './energy-meter.ts'
import { localErrors } from './local-errors.ts'
import {
  checkCommand,
  checkpointFolder,
  dropCheckpoints,
  dropStrayCheckpoints,
  lastCheckpoint,
  lastCheckpoints,
  runOrder,
} from './local-run.ts'
import {
  addJob,
  afterRestart,
  afterRuns,
  askedFor,
  changeJob,
  hasEnded,
  isEnd,
  keptState,
  type LocalJob,
  type LocalState,
  orderNow,
  type RunEnd,
  seenJob,
  startedJob,
  usageOf,
} from './local-state.ts'
import { readLocalState, writeLocalState } from './local-state-store.ts'
import { countEnergy } from './run-energy.ts'

export interface LocalExecutorOptions {
  /** For the state and the checkpoints; one executor at a time holds it. */
  readonly folder: string
  readonly sandbox: Sandbox
  readonly clock: Clock
  /** Chips that are counted; a program gets the processor, whatever the chip is called. */
  readonly pools: () => readonly Pool[]
  /** Programs that run at once at most, whatever chips are free; all that fit where absent. */
  readonly mostRuns?: number
  /** Limits of one run; its longest time comes from the order. */
  readonly limits: Omit<SandboxLimits, 'wallSeconds'>
  /** Watts of one busy core, for the estimate where the machine has no meter. */
  readonly wattsPerCore: number
  /** Where the counters of the machine stand; those of its kernel where absent. */
  readonly counters?: EnergyMeterOptions
}

/** Opens the executor and goes on with what an earlier one left; throws `store.locked` while another holds the folder. */
export async function openLocalExecutor(options: LocalExecutorOptions): Promise<Executor> {
  await mkdir(options.folder, { recursive: true, mode: 0o700 })
  const lock = await lockHome(await realpath(options.folder))
  try {
    const left = await readLocalState(join(options.folder, 'state.json'))
    const open = left.jobs.filter((job) => !hasEnded(job)).map(({ order }) => order.job)
    await dropStrayCheckpoints(options.folder, open)
    const state = afterRestart(left, await lastCheckpoints(options.folder, open))
    const executor = new LocalExecutor(options, { state, lock, meter: await openEnergyMeter(options.counters) })
    await executor.begin()
    return executor
  } catch (error) {
    await lock.release()
    throw error
  }
}

interface Run {
  readonly stop: AbortController
  readonly ended: Promise<void>
  /** What the job becomes once it has been stopped; absent for a run that ends by itself. */
  becomes?: EngineState
}

interface Opened {
  readonly state: LocalState
  readonly lock: HomeLock
  readonly meter: EnergyMeter | undefined
}

/** Programs in the sandbox of this machine. State is on disk before anything is started, so no job runs twice at once. */
class LocalExecutor implements Executor {
  readonly id = 'local'
  readonly #options: LocalExecutorOptions
  readonly #opened: Opened
  readonly #runs = new Map<string, Run>()
  /** How runs ended, by job, until it is on disk: chips and power are taken until then. */
  readonly #ends = new Map<string, RunEnd>()
  #state: LocalState
  #last: Promise<unknown> = Promise.resolve()
  #closed = false

  constructor(options: LocalExecutorOptions, opened: Opened) {
    this.#options = options
    this.#opened = opened
    this.#state = opened.state
  }

  begin(): Promise<void> {
    return this.#change((state) => state)
  }

  async submit(order: Order, held: boolean): Promise<void> {
    checkCommand(order)
    const { job, site, chip, chips } = order
    const count = this.#options.pools().find((pool) => pool.site === site && pool.chip === chip)?.count ?? 0
    if (chips > count) throw localErrors.pool({ job, site, chip, chips, count })
    await this.#change((state) => addJob(state, order, held))
  }

  release(job: string): Promise<void> {
    return this.#turn(job, 'held', 'waiting')
  }

  hold(job: string): Promise<void> {
    return this.#turn(job, 'waiting', 'held')
  }

  async requeue(jobs: readonly string[]): Promise<void> {
    await Promise.all(jobs.map((job) => this.#stop(job, 'held')))
  }

  /** What waits is ended before what runs is stopped: in between it may not start. Once more, for a run that was to come back. */
  async cancel(job: string): Promise<void> {
    await this.#endWaiting(job)
    await this.#stop(job, 'cancelled')
    await this.#endWaiting(job)
    await dropCheckpoints(this.#options.folder, job)
  }

  #endWaiting(job: string): Promise<void> {
    const endedAt = this.#now()
    const goesOn = (found: LocalJob): boolean => found.state === 'running' || hasEnded(found)
    return this.#change((state) =>
      changeJob(state, job, (found) => (goesOn(found) ? found : { ...found, state: 'cancelled', endedAt })),
    )
  }

  /** A processor's power is not ours to set. */
  async setLevels(levels: Parameters<Executor['setLevels']>[0]): Promise<readonly string[]> {
    return levels.map(({ job }) => job)
  }

  async resize(changes: readonly GangChange[]): Promise<readonly string[]> {
    const refused: string[] = []
    for (const change of changes) if (!(await this.#resize(change))) refused.push(change.job)
    return refused
  }

  async setPowerLimit(site: string, kw: number): Promise<void> {
    await this.#change((state) => ({ ...state, guards: { ...state.guards, [site]: kw } }))
  }

  /** What a full disk has put off is made up for first. */
  async jobs(): Promise<readonly EngineJob[]> {
    const { folder } = this.#options
    if (this.#ends.size > 0 || this.#mayStart().length > 0) await this.#change((state) => state).catch(() => {})
    const seen = this.#state.jobs.map(async (job) =>
      seenJob(job, hasEnded(job) ? undefined : await lastCheckpoint(folder, job.order.job)),
    )
    return Promise.all(seen)
  }

  async usage(since: number): Promise<readonly Usage[]> {
    return this.#state.jobs
      .filter((job) => hasEnded(job) && job.firstStartedAt !== undefined && job.endedAt! >= since)
      .map(usageOf)
      .sort((a, b) => a.endedAt - b.endedAt)
  }

  /** Stops what runs and counts it; it goes on from its checkpoints when the executor is opened again. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#last.catch(() => {})
    await Promise.all([...this.#runs.keys()].map((job) => this.#stop(job, 'waiting')))
    await this.#last.catch(() => {})
    this.#opened.meter?.close()
    await this.#opened.lock.release()
  }

  #now(): number {
    return this.#options.clock.now().getTime()
  }

  #turn(job: string, from: EngineState, to: EngineState): Promise<void> {
    return this.#change((state) =>
      changeJob(state, job, (found) => (found.state === from ? { ...found, state: to } : found)),
    )
  }

  /** What it will run on is on disk before its run is stopped, so that a crash in between loses neither. False where there is no room. */
  async #resize(change: GangChange): Promise<boolean> {
    await this.#last.catch(() => {})
    const found = this.#state.jobs.find(({ order }) => order.job === change.job)
    if (!found || hasEnded(found) || seenJob(found).chips === change.chips) return true
    if (found.state === 'running' && seenJob(found).chips < change.chips && !this.#hasRoom(found, change)) return false
    await this.#change((state) => changeJob(state, change.job, (job) => askedFor(job, change)))
    await this.#stop(change.job, 'waiting')
    return true
  }

  /** Room for a running job on more chips, beside what else runs. */
  #hasRoom(job: LocalJob, { chips, kw }: GangChange): boolean {
    const others = this.#state.jobs.filter((each) => each.state === 'running' && each.order.job !== job.order.job)
    return mayStart(
      { ...seenJob(job), chips, kw },
      others.map((each) => seenJob(each)),
      this.#where(),
    )
  }

  #where() {
    return { pools: this.#options.pools(), guards: new Map(Object.entries(this.#state.guards)) }
  }

  /** Ends a run and waits until its processes are gone: its chips and its power are free only then. */
  async #stop(job: string, becomes: EngineState): Promise<void> {
    await this.#last.catch(() => {})
    const run = this.#runs.get(job)
    if (!run) return
    run.becomes ??= becomes
    run.stop.abort()
    await run.ended
  }

  async #change(change: (state: LocalState) => LocalState): Promise<void> {
    if (this.#closed) throw localErrors.closed()
    await this.#inTurn(change)
  }

  /** Changes in turn: decide, write, then start what may. */
  #inTurn(change: (state: LocalState) => LocalState): Promise<void> {
    const next = this.#last
      .catch(() => {})
      .then(async () => {
        const ends = [...this.#ends]
        await this.#save(change(afterRuns(this.#state, ends)))
        for (const [job] of ends) this.#ends.delete(job)
        await this.#startWhatMay()
        for (const [job, { state }] of ends) if (isEnd(state)) await dropCheckpoints(this.#options.folder, job)
      })
    this.#last = next
    return next
  }

  async #save(state: LocalState): Promise<void> {
    const kept = keptState(state)
    await writeLocalState(join(this.#options.folder, 'state.json'), kept)
    this.#state = kept
  }

  async #startWhatMay(): Promise<void> {
    const starting = this.#mayStart().map((job) => startedJob(job, this.#now()))
    if (starting.length === 0) return
    await this.#save(starting.reduce((state, job) => changeJob(state, job.order.job, () => job), this.#state))
    for (const job of starting) this.#launch(orderNow(job))
  }

  #mayStart(): readonly LocalJob[] {
    if (this.#closed) return []
    const chosen: LocalJob[] = []
    const { mostRuns = Number.POSITIVE_INFINITY } = this.#options
    const where = this.#where()
    const running = this.#state.jobs.filter(({ state }) => state === 'running').map((job) => seenJob(job))
    for (const job of this.#state.jobs) {
      if (running.length >= mostRuns) break
      if (job.state !== 'waiting' || !mayStart(seenJob(job), running, where)) continue
      running.push(seenJob(job))
      chosen.push(job)
    }
    return chosen
  }

  #launch(order: Order): void {
    const stop = new AbortController()
    const ended = this.#run(order, stop.signal).catch(() => {})
    this.#runs.set(order.job, { stop, ended })
  }

  async #run(order: Order, signal: AbortSignal): Promise<void> {
    const { sandbox, limits, folder, wattsPerCore } = this.#options
    const keep = checkpointFolder(folder, order.job)
    const energyOf = await countEnergy(this.#opened.meter, wattsPerCore)
    const result = await runOrder(order, { sandbox, limits: { ...limits, wallSeconds: 1 }, keep, signal }).catch(
      (error): Pick<SandboxResult, 'outcome' | 'reason' | 'exitCode' | 'cpuSeconds'> => ({
        ...{ outcome: 'failed', reason: toAppError(error).text, exitCode: undefined, cpuSeconds: 0 },
      }),
    )
    const energy = await energyOf(result.cpuSeconds)
    const becomes = this.#runs.get(order.job)?.becomes
    this.#runs.delete(order.job)
    const state = result.outcome === 'stopped' && becomes ? becomes : result.outcome === 'ok' ? 'done' : 'failed'
    const { exitCode, reason } = result
    const said = state === 'failed' ? reason : undefined
    this.#ends.set(order.job, { at: this.#now(), state, exitCode, reason: said, ...energy })
    await this.#inTurn((before) => before)
  }
}
