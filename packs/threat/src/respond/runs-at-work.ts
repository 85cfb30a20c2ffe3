/** Runs that this process is working on, so that nobody else here takes them for left behind. */
export class RunsAtWork {
  readonly #counts = new Map<string, number>()

  has(run: string): boolean {
    return this.#counts.has(run)
  }

  async during<T>(run: string, work: () => Promise<T>): Promise<T> {
    this.#counts.set(run, (this.#counts.get(run) ?? 0) + 1)
    try {
      return await work()
    } finally {
      const left = (this.#counts.get(run) ?? 1) - 1
      if (left === 0) this.#counts.delete(run)
      else this.#counts.set(run, left)
    }
  }
}
