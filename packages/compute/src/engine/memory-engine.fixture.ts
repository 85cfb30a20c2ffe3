import type { Clock } from '@dengta/kernel'
import type { Order } from '../executor/executor.ts'
import { MemoryExecutor } from '../executor/memory-executor.ts'
import { localErrors } from '../local/local-errors.ts'
import type { Engine } from './engine.ts'

/** Counts like the engine of rehearsals, and refuses jobs of more chips than `most`. */
class NarrowExecutor extends MemoryExecutor {
  readonly #most: number

  constructor(clock: Clock, most: number) {
    const pool = { site: 'west', chip: 'a100', count: 8 }
    super({ clock, pools: [{ ...pool, site: 'north' }, pool, { ...pool, chip: 'npu', count: 16 }] })
    this.#most = most
  }

  override async submit(order: Order, held: boolean): Promise<void> {
    const { job, site, chip, chips } = order
    if (chips > this.#most) throw localErrors.pool({ job, site, chip, chips, count: this.#most })
    await super.submit(order, held)
  }
}

/** An engine of the sample day that counts only; it looks every 20 ms. */
export function memoryEngine(clock: Clock, mostChips = 100): Engine {
  return {
    ...{ executor: new NarrowExecutor(clock, mostChips), everyMs: 20, holdsPrograms: false },
    ...{ demoCommand: (seconds) => ['demo', String(seconds)], follow: () => {} },
  }
}
