import { type Clock, type Text, toAppError } from '@dengta/kernel'
import type { EngineView } from '@dengta/sdk'
import { type EngineChoice, isEngine } from './engine.ts'
import type { EngineLoop } from './engine-loop.ts'
import { noEngineView } from './engine-view.ts'
import { retryDelay } from './retry-delay.ts'

export interface KeeperParts {
  readonly clock: Clock
  readonly loopOf: (engine: Extract<EngineChoice, { readonly executor: unknown }>) => EngineLoop
  /** Milliseconds to wait after so many attempts. */
  readonly delay?: (attempts: number) => number
}

/** Runs the engine of a house, and opens it again, later and later, where it cannot be opened. */
export class EngineKeeper {
  readonly #parts: KeeperParts
  #choice: EngineChoice
  #loop: EngineLoop | undefined
  #attempts = 1
  #nextAt: number | undefined
  #timer: NodeJS.Timeout | undefined
  #trying: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(choice: EngineChoice, parts: KeeperParts) {
    this.#parts = parts
    this.#choice = choice
    this.#loop = isEngine(choice) ? parts.loopOf(choice) : undefined
  }

  /** Begins to run placed jobs, or to wait for the next attempt. */
  async start(): Promise<void> {
    this.#trying = this.#begin()
    await this.#trying
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#trying
    await this.#loop?.stop()
  }

  get loop(): EngineLoop | undefined {
    return this.#loop
  }

  holdsPrograms(): boolean {
    return isEngine(this.#choice) && this.#choice.holdsPrograms
  }

  /** Why placed jobs will not start; undefined where an engine runs them. */
  idle(): Text | undefined {
    return isEngine(this.#choice) ? undefined : this.#choice.none
  }

  view(): Omit<EngineView, 'refused'> {
    if (this.#loop) return this.#loop.view()
    const nextAt = this.#nextAt === undefined ? undefined : new Date(this.#nextAt).toISOString()
    return noEngineView(this.idle()!, nextAt === undefined ? undefined : { attempts: this.#attempts, nextAt })
  }

  async #begin(): Promise<void> {
    const choice = this.#choice
    if (!this.#loop) return this.#schedule()
    await this.#loop.start().catch(async (thrown: unknown) => {
      await this.#loop?.stop().catch(() => {})
      this.#loop = undefined
      this.#choice = { none: toAppError(thrown).text, again: choice.again }
      this.#schedule()
    })
  }

  #schedule(): void {
    if (!this.#choice.again || this.#stopped) return
    const { clock, delay = retryDelay } = this.#parts
    const wait = delay(this.#attempts)
    this.#nextAt = clock.now().getTime() + wait
    this.#timer = setTimeout(() => {
      this.#trying = this.#again()
    }, wait).unref()
  }

  async #again(): Promise<void> {
    this.#attempts += 1
    this.#choice = await this.#choice.again!()
    if (isEngine(this.#choice)) {
      this.#nextAt = undefined
      this.#loop = this.#parts.loopOf(this.#choice)
    }
    if (this.#stopped) return
    await this.#begin()
  }
}
