/** What must be undone when the house closes, last first; every step runs even where an earlier one failed. */
export class Cleanup {
  #steps: (() => Promise<unknown>)[] = []

  add(step: () => Promise<unknown>): void {
    this.#steps.push(step)
  }

  async run(): Promise<void> {
    const steps = this.#steps.reverse()
    this.#steps = []
    let failure: unknown
    for (const step of steps)
      await step().catch((error: unknown) => {
        failure ??= error
      })
    if (failure) throw failure
  }
}
