import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { toAppError } from '@dengta/kernel'
import type { EngineView } from '@dengta/sdk'
import { type Controller, startController } from '../controller/controller.ts'
import { fileJournal } from '../controller/file-journal-store.ts'
import type { PowerLimits } from '../controller/power-limits.ts'
import type { StepOutcome } from '../controller/run-step.ts'
import type { Wanted } from '../controller/wanted.ts'
import { type Compliance, complianceOf } from './compliance.ts'
import type { Engine } from './engine.ts'
import { engineLimits, type PowerSituation } from './engine-limits.ts'
import { type EngineMemory, engineView, type LatestStep, siteViews } from './engine-view.ts'
import { type HouseExecutor, houseExecutor } from './house-executor.ts'
import { type JobBooks, type JobBooksParts, jobBooks } from './job-books.ts'
import { poolsOf, type SituationParts, SituationReader } from './load-situation.ts'
import { powerForOthers } from './power-for-others.ts'
import { PowerMinutes } from './power-minutes.ts'
import type { PowerStore } from './power-store.ts'
import { powerToKeep } from './power-to-keep.ts'
import { wantedOfJobs } from './wanted-of-jobs.ts'

export interface EngineLoopParts extends SituationParts, Omit<JobBooksParts, 'engine'> {
  readonly engine: Engine
  readonly power: PowerStore
}

const NO_LIMITS: PowerLimits = { sites: [], feeders: [], holdMinutes: 1 }

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

type Journal = Awaited<ReturnType<typeof fileJournal>>

/** Keeps an engine to the plan in force and to the limits, one step after the other, until it is stopped. */
export class EngineLoop {
  readonly #parts: EngineLoopParts
  readonly #reader: SituationReader
  readonly #books: JobBooks
  readonly #executor: HouseExecutor
  readonly #minutes = new PowerMinutes()
  #situation: PowerSituation | undefined
  /** Beginning of the day that open jobs were last fitted into. */
  #fittedInto: number | undefined
  #began = performance.now()
  #latest: LatestStep | undefined
  readonly #said: Mutable<EngineMemory> = {}
  #running: { readonly controller: Controller; readonly journal: Journal } | undefined

  constructor(parts: EngineLoopParts) {
    const { engine } = parts
    this.#parts = parts
    this.#reader = new SituationReader(parts)
    this.#books = jobBooks({ ...parts, engine: engine.executor.id })
    const answered = (): void => {
      this.#said.contactAt = parts.clock.now().getTime()
    }
    this.#executor = houseExecutor(engine.executor, { ...this.#books, clock: parts.clock, answered })
  }

  /** Goes on where an earlier loop was: the journal and the engine know the rest. */
  async start(): Promise<void> {
    const { store, clock, engine } = this.#parts
    const folder = join(store.home, 'compute')
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await this.#books.takeOver()
    const journal = await fileJournal(join(folder, `controller-${engine.executor.id}.jsonl`))
    const controller = await startController({
      ...{ executor: this.#executor, journal, clock, everyMs: engine.everyMs },
      wanted: () => this.#wanted(),
      limits: (now) => this.#limits(now),
      record: (usage) => this.#books.end(usage, this.#seen(usage.job)),
      onStep: (outcome) => this.#afterStep(outcome),
      onError: (error) => this.#failed(error),
    }).catch(async (thrown: unknown) => {
      await journal.close()
      throw thrown
    })
    this.#running = { controller, journal }
  }

  /** Lets the running step end; what runs goes on from its last checkpoint after the next start. */
  async stop(): Promise<void> {
    await this.#running?.controller.stop()
    await this.#running?.journal.close()
    this.#running = undefined
    await this.#executor.close()
  }

  view(): Omit<EngineView, 'refused'> {
    return engineView(this.#executor.id, this.#latest, this.#said)
  }

  /** How soon the controller brought sites within their limits in a span of time, milliseconds since 1970. */
  async compliance(sites: readonly string[], from: number, to: number): Promise<Compliance | undefined> {
    return this.#running && complianceOf(await this.#running.journal.read(), { sites, from, to })
  }

  async #wanted(): Promise<Wanted> {
    const { engine, jobs, programs } = this.#parts
    this.#began = performance.now()
    const [situation, open] = await Promise.all([this.#reader.read(), jobs.open()])
    this.#situation = situation && { ...situation, engineSites: engine.sites }
    if (!situation) return { jobs: [], cancelled: [] }
    engine.follow(poolsOf(situation))
    return wantedOfJobs(open, { snapshot: situation.snapshot, engine, programPath: programs.path })
  }

  #limits(now: number): PowerLimits {
    return this.#situation ? engineLimits(this.#situation, now) : NO_LIMITS
  }

  #seen(name: string) {
    return this.#executor.lastSeen().find(({ job }) => job === name)
  }

  async #afterStep({ at }: StepOutcome): Promise<void> {
    const { engine, power, clock } = this.#parts
    const now = clock.now().getTime()
    const jobs = this.#executor.lastSeen()
    const { sites, holdsPrograms } = engine
    await this.#books.follow(jobs, { engine: engine.executor.id, now, sites, holdsPrograms })
    await this.#fitIntoDay()
    const latest = { at, seconds: (performance.now() - this.#began) / 1000, jobs, limits: this.#limits(now) }
    await power.add(this.#minutes.add(now, siteViews(latest)))
    this.#latest = latest
    await engine.keepFree?.(powerToKeep(this.#situation?.targets ?? [], latest.limits.sites, now))
    if (this.#situation) await engine.admit?.(powerForOthers(this.#situation))
  }

  async #fitIntoDay(): Promise<void> {
    const startsAt = this.#situation?.startsAt
    if (startsAt === undefined || startsAt === this.#fittedInto) return
    await this.#books.dayBegins()
    this.#fittedInto = startsAt
  }

  #failed(error: unknown): void {
    const at = this.#parts.clock.now().getTime()
    const failure = toAppError(error)
    const before = this.#latest ?? { at, seconds: 0, jobs: [], limits: NO_LIMITS }
    this.#latest = { ...before, failure }
    this.#said.error = { at, failure }
  }
}
