import { controllerErrors } from './controller-errors.ts'
import { loadState, type RunnerState, runStep, type StepOutcome, type StepPorts } from './run-step.ts'

export interface ControllerOptions extends StepPorts {
  /** Milliseconds from the end of one step to the start of the next. */
  readonly everyMs: number
  /** Called after each step, and waited for before the next; where it fails the step has failed. */
  readonly onStep?: (outcome: StepOutcome) => unknown
  /** Called where a step failed, e.g. because the engine did not answer, or refused a call of it; the next step comes all the same. */
  readonly onError?: (error: unknown) => void
}

export interface Controller {
  /** Runs a step now, after the one that may be running: for a request of the grid that must not wait. */
  stepNow(): Promise<StepOutcome>
  /** Lets the running step end and starts no other. */
  stop(): Promise<void>
}

/**
 * Holds an engine to plan and limits. Every step reads everything again, so it may be killed between any two calls:
 * the guard in the engine keeps the site inside its limit until the next start, which goes on where this one was.
 */
export async function startController(options: ControllerOptions): Promise<Controller> {
  const state = await loadState(options.journal)
  let timer: NodeJS.Timeout | undefined
  let last: Promise<unknown> = Promise.resolve()
  let stopped = false
  const inTurn = (): Promise<StepOutcome> => {
    const next = last.then(() => stepAndTell(options, state))
    last = next.catch(() => {})
    return next
  }
  const tick = (): void => {
    void inTurn()
      .catch((error) => options.onError?.(error))
      .then(() => {
        if (!stopped) timer = setTimeout(tick, options.everyMs)
      })
  }
  tick()
  return {
    stepNow: async () => {
      if (stopped) throw controllerErrors.closed()
      return inTurn()
    },
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await last
      clearTimeout(timer)
    },
  }
}

async function stepAndTell(options: ControllerOptions, state: RunnerState): Promise<StepOutcome> {
  const outcome = await runStep(options, state)
  await options.onStep?.(outcome)
  if (outcome.fault) throw outcome.fault
  return outcome
}
