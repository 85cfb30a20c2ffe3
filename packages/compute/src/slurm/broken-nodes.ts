import type { Clock } from '@dengta/kernel'
import { AppError } from '@dengta/kernel'
import { readComment } from './job-comment.ts'
import type { SlurmJob } from './slurm-client.ts'

/** How long a job waits for a broken node that its order names before it may run on others, milliseconds. */
const PATIENCE_MS = 60_000

/** Slurm's words for a waiting job of which a named node is down or drained; nodes that are only taken have others. */
const BROKEN = /^ReqNodeNotAvail.*UnavailableNodes:[^\s)]/

/** Since when each job, by its number in Slurm, has been waiting for a broken node; milliseconds since 1970. */
export type WaitingSince = ReadonlyMap<string, number>

/** Which jobs of the house wait for a broken node now; one that is no longer among them begins anew the next time. */
export function waitingForBroken(jobs: readonly SlurmJob[], former: WaitingSince, now: number): WaitingSince {
  const waiting = jobs.filter(
    ({ state, reason, comment }) => state === 'PENDING' && BROKEN.test(reason) && readComment(comment) !== undefined,
  )
  return new Map(waiting.map(({ id }) => [id, former.get(id) ?? now]))
}

export interface NodePatienceOptions {
  readonly clock: Clock
  /** Lets these jobs run on any node that fits. */
  readonly freeOfNodes: (ids: readonly string[]) => Promise<void>
  readonly patienceMs?: number | undefined
}

/** Looks at what Slurm says at each poll, and after the patience frees jobs of the nodes of their orders. A crash of ours begins it anew. */
export function createNodePatience({ clock, freeOfNodes, patienceMs = PATIENCE_MS }: NodePatienceOptions) {
  let since: WaitingSince = new Map()
  return async (jobs: readonly SlurmJob[]): Promise<void> => {
    const now = clock.now().getTime()
    since = waitingForBroken(jobs, since, now)
    const tired = [...since].filter(([, from]) => now - from >= patienceMs).map(([id]) => id)
    if (tired.length === 0) return
    await freeOfNodes(tired).catch((error: unknown) => {
      // who asks for the jobs must get them even so; the next look tries again
      if (!(error instanceof AppError)) throw error
    })
  }
}
