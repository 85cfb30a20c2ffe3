import type { FaultCounts } from './source.ts'

/** Counts faults by name. */
export class FaultCounter {
  readonly #counts = new Map<string, number>()

  add(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
  }

  get counts(): FaultCounts {
    return Object.fromEntries(this.#counts)
  }
}
