import { AsyncResource } from 'node:async_hooks'
import { readHead } from '../log/sql-log-store.ts'
import { type CosignParts, cosignHead } from './cosign-head.ts'
import type { Witness } from './witness-client.ts'

export interface CosignLoopOptions extends CosignParts {
  readonly witnesses: readonly Witness[]
  /** Hears once of a witness that cannot be reached, until all are reached again. */
  readonly warn: (text: string) => void
}

export interface CosignLoop {
  /** Says that the log will have `size` records once the appending transaction commits. */
  notice(size: number): void
  close(): Promise<void>
}

const GATHER_MS = 30
const FIRST_RETRY_MS = 50
const LAST_RETRY_MS = 5000
/** How long a noticed record may stay uncommitted before it counts as rolled back. */
const PATIENCE_MS = 30_000

/** Looks at the committed head while something noticed is not cosigned yet, ever less often, and sleeps otherwise. */
export function cosignLoop(options: CosignLoopOptions): CosignLoop {
  let wanted = { size: 0, since: 0 }
  let retry = FIRST_RETRY_MS
  let timer: NodeJS.Timeout | undefined
  let round: Promise<void> = Promise.resolve()
  let closed = false

  const wake = (delay: number): void => {
    if (closed || timer !== undefined) return
    timer = setTimeout(() => {
      timer = undefined
      round = round.then(look)
    }, delay).unref()
  }
  /** Bound to the context of opening: `notice` is called inside a transaction, where the store would refuse to look. */
  const look = AsyncResource.bind(async (): Promise<void> => {
    const failure = await askAll(options)
    if (closed || (failure === undefined && (await isSettled(options, wanted)))) return
    if (failure !== undefined && retry === FIRST_RETRY_MS) options.warn(failure)
    wake(retry)
    retry = Math.min(retry * 2, LAST_RETRY_MS)
  })
  return {
    notice: (size) => {
      wanted = { size, since: performance.now() }
      retry = FIRST_RETRY_MS
      if (options.witnesses.length > 0) wake(GATHER_MS)
    },
    close: async () => {
      closed = true
      clearTimeout(timer)
      await round
    },
  }
}

/** The first failure, in words; undefined where every witness gave an answer, be it a refusal. */
async function askAll(options: CosignLoopOptions): Promise<string | undefined> {
  const asked = await Promise.allSettled(options.witnesses.map((witness) => cosignHead(witness, options)))
  const failed = asked.findIndex((result) => result.status === 'rejected')
  const result = asked[failed]
  return result?.status === 'rejected' ? `${options.witnesses[failed]?.name}: ${result.reason}` : undefined
}

async function isSettled({ db }: CosignParts, wanted: { size: number; since: number }): Promise<boolean> {
  const head = await readHead(db).catch(() => undefined)
  return (head?.size ?? 0) >= wanted.size || performance.now() - wanted.since > PATIENCE_MS
}
