import type { Clock } from '@dengta/kernel'
import type { Executor } from '../executor/executor.ts'
import { createNodePatience } from './broken-nodes.ts'
import { createCommandClient } from './command-client.ts'
import { engineJobOf } from './engine-job.ts'
import { createFallbackClient } from './fallback-client.ts'
import { readComment, writeComment } from './job-comment.ts'
import { createJobIndex, type JobIndex } from './job-index.ts'
import { requestOf } from './job-request.ts'
import { hasEnded } from './read-lines.ts'
import { resizeJobs } from './resize-jobs.ts'
import { createRestClient } from './rest-client.ts'
import type { JobRequest, SlurmClient, SlurmJob, SlurmRun } from './slurm-client.ts'
import type { SlurmConnection } from './slurm-connection.ts'
import type { SlurmDescription } from './slurm-description.ts'
import { slurmErrors } from './slurm-errors.ts'
import { createSlurmOperator, type LevelChange } from './slurm-operator.ts'
import { createUnlistedEnds, type UnlistedEnds } from './unlisted-ends.ts'
import { endsJob, mayComeBack, usageOfRuns } from './usage-of-runs.ts'

export interface SlurmExecutorOptions {
  readonly connection: SlurmConnection
  /** Sites, chips and node size of that Slurm; its names are checked, orders may name no others. */
  readonly description: SlurmDescription
  readonly clock: Clock
  /** `both`: by REST, and by commands where REST fails. Without a REST connection always `commands`. */
  readonly way?: 'both' | 'rest' | 'commands' | undefined
  /** How long an order waits for a broken node that it names before Slurm may choose others; a minute where absent. */
  readonly nodePatienceMs?: number | undefined
}

/**
 * Runs orders on a Slurm. It keeps no state of its own: which jobs exist, their sites and power stand in Slurm, so a
 * controller that crashed goes on from there. One executor at a time may submit to a cluster.
 */
export function createSlurmExecutor(options: SlurmExecutorOptions): Executor {
  const { connection, description, clock } = options
  const client = clientOf(options)
  const operator = createSlurmOperator(connection)
  const index = createJobIndex(client, clock)
  const ends = createUnlistedEnds(client)
  const look = createNodePatience({ clock, freeOfNodes: operator.freeOfNodes, patienceMs: options.nodePatienceMs })
  const submitting = new Map<string, Promise<void>>()

  return {
    id: 'slurm',
    submit(order, held) {
      const request = requestOf(order, held, description)
      const once = submitting.get(order.job) ?? submitOnce({ client, index, ends }, request)
      submitting.set(order.job, once)
      return once.finally(() => submitting.delete(order.job))
    },
    release: async (job) => void (await client.release(await index.need(job))),
    hold: async (job) => void (await client.hold(await index.need(job))),
    cancel: async (job) => void (await client.cancel(await index.need(job))),
    requeue: async (jobs) => operator.requeueAndHold(await index.needAll(jobs)),
    setLevels: async (levels) => {
      const { changes, running } = sortLevels(levels, await client.jobs())
      await operator.changeWaiting(changes)
      return running
    },
    resize: (changes) => resizeJobs({ client, operator, description, now: clock.now().getTime() }, changes),
    async setPowerLimit(site, kw) {
      if (!description.sites.some((each) => each.site === site))
        throw slurmErrors.no_such_site({ site, known: description.sites.map((each) => each.site).join(', ') })
      if (!(kw >= 0 && kw <= 1e6)) throw slurmErrors.bad_power({ site, value: kw })
      await operator.setLimit(site, kw)
    },
    async jobs() {
      const jobs = await client.jobs()
      index.learn(jobs)
      await look(jobs)
      const unlisted = ends.found().filter(({ job }) => !index.lists(job))
      return [...jobs.flatMap((job) => engineJobOf(job) ?? []), ...unlisted]
    },
    async usage(since) {
      const ended = (await client.runs({ since })).filter((run) => hasEndedFor(run, since))
      const back = ended.some(mayComeBack) ? await goingOn(client) : new Set<string>()
      const ids = new Set(ended.map(({ id }) => id).filter((id) => !back.has(id)))
      const { chipsPerNode } = description
      return usageOfRuns(await client.runs({ ids: [...ids] }), { since, chipsPerNode, meter: connection.meter })
    },
    close: async () => undefined,
  }
}

function clientOf({ connection, clock, way = 'both' }: SlurmExecutorOptions): SlurmClient {
  const commands = createCommandClient(connection)
  if (!connection.rest || way === 'commands') return commands
  const rest = createRestClient({ ...connection, rest: connection.rest }, clock)
  return way === 'rest' ? rest : createFallbackClient(rest, commands, clock)
}

interface SubmitParts {
  readonly client: SlurmClient
  readonly index: JobIndex
  readonly ends: UnlistedEnds
}

async function submitOnce({ client, index, ends }: SubmitParts, request: JobRequest): Promise<void> {
  const id = await index.find(request.name)
  if (id !== undefined) return index.lists(request.name) ? undefined : ends.look(request.name, id)
  try {
    index.add(request.name, await client.submit(request))
  } catch (error) {
    index.doubt(request.name)
    throw error
  }
}

type Levels = Parameters<Executor['setLevels']>[0]

/** Slurm gives a job its licences at its start: a waiting job can still get others, a running one cannot. */
function sortLevels(levels: Levels, jobs: readonly SlurmJob[]): { changes: LevelChange[]; running: string[] } {
  const byName = new Map(jobs.filter(({ comment }) => readComment(comment)).map((job) => [job.name, job]))
  const changes: LevelChange[] = []
  const running: string[] = []
  for (const { job: name, wattsPerChip, kw } of levels) {
    const job = byName.get(name)
    const facts = job && readComment(job.comment)
    if (!job || !facts || hasEnded(job.state)) continue
    if (job.state !== 'PENDING') running.push(name)
    else changes.push({ id: job.id, site: facts.site, kw, comment: writeComment({ ...facts, wattsPerChip, kw }) })
  }
  return { changes, running }
}

/** Numbers of the jobs that have not ended. */
const goingOn = async (client: SlurmClient): Promise<ReadonlySet<string>> =>
  new Set((await client.jobs()).filter(({ state }) => !hasEnded(state)).map(({ id }) => id))

/** A run of ours that was the last of its job and ended in time; its earlier runs may lie before. */
const hasEndedFor = (run: SlurmRun, since: number): boolean =>
  readComment(run.comment) !== undefined && run.endedAt !== undefined && run.endedAt >= since && endsJob(run)
