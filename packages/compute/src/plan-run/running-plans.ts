import type { ProgressStep } from '@dengta/kernel'
import type { PlanView } from '@dengta/sdk'

interface Running {
  readonly abort: AbortController
  progress: PlanView['progress']
}

/** The plans that this process is working on: how far each is, and the way to end it. */
export class RunningPlans {
  readonly #running = new Map<string, Running>()

  /** Does `work` under the name of a plan; `end` aborts its signal. */
  async during<T>(
    id: string,
    work: (signal: AbortSignal, tell: (step: ProgressStep) => void) => Promise<T>,
  ): Promise<T> {
    const running: Running = { abort: new AbortController(), progress: undefined }
    this.#running.set(id, running)
    try {
      return await work(running.abort.signal, ({ label, done }) => {
        running.progress = { share: done, step: label }
      })
    } finally {
      this.#running.delete(id)
    }
  }

  progressOf(id: string): PlanView['progress'] {
    return this.#running.get(id)?.progress
  }

  end(id: string, reason: Error): void {
    this.#running.get(id)?.abort.abort(reason)
  }
}
