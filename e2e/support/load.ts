import { setTimeout as wait } from 'node:timers/promises'
import { ApiError, type Client } from '@dengta/sdk'
import { type Promised, rememberCheckpoint } from './promises.ts'

export interface Load {
  /** Stops asking and waits until no request is under way; failures after a kill are expected and not counted. */
  stop(): Promise<void>
}

export interface LoadOptions {
  readonly operator: Client
  readonly developer: Client
  readonly benchmark: string
  readonly promised: Promised
  /** Distinguishes what each round makes. */
  readonly round: number
}

/** Asks a server for work from several clients at once and remembers everything that it acknowledges. */
export function startLoad(options: LoadOptions): Load {
  let running = true
  let made = 0
  const worker = async (act: (n: number) => Promise<void>): Promise<void> => {
    while (running) {
      made += 1
      await act(made).catch(async (error: unknown) => {
        if (error instanceof ApiError && error.status > 0) throw error
        running = false
        await wait(1)
      })
    }
  }
  const acts = [registerParticipant, registerParticipant, submitModel, submitModel, readCheckpoint]
  const workers = acts.map((act) => worker((n) => act(options, n)))
  return {
    stop: async () => {
      running = false
      await Promise.all(workers)
    },
  }
}

async function registerParticipant({ operator, promised, round }: LoadOptions, n: number): Promise<void> {
  const view = await operator.addParticipant({ id: `p-${round}-${n}`, name: `participant ${n}`, roles: ['auditor'] })
  promised.records.set(view.record, undefined)
  promised.records.set(view.record, (await operator.getRecord(view.record)).index)
}

async function submitModel({ developer, benchmark, promised, round }: LoadOptions, n: number): Promise<void> {
  const view = await developer.submitModel(
    benchmark,
    { form: 'linear', name: `m-${round}-${n}` },
    linearModel(round * 100_000 + n),
  )
  promised.submissions.set(view.id, view.model)
}

async function readCheckpoint({ operator, promised }: LoadOptions): Promise<void> {
  rememberCheckpoint(promised, (await operator.getLog()).checkpoint)
}

/** A linear model of its own for each number, so that no two submissions are the same bytes. */
function linearModel(n: number): string {
  return JSON.stringify({
    format: 'dengta-linear/v1',
    task: 'regression',
    inputs: ['x'],
    features: ['x'],
    centre: [0],
    scale: [1],
    coefficients: [2],
    intercept: n * 1e-9,
  })
}
