import { z } from 'zod'
import { readNodeList } from './node-list.ts'
import { beginning, exitCodeOf, hasEnded, meteredJoules, runHasEnded } from './read-lines.ts'
import type { SlurmJob, SlurmRun } from './slurm-client.ts'

/** One odd job of anybody must not hide all others: what is null, absent or of another form says nothing. */
const text = z.string().catch('')
const number = z.number().optional().catch(undefined)
const seconds = number.transform((value) => (value !== undefined && value > 0 ? 1000 * value : undefined))

/** A failure as slurmrestd tells it; a warning has `error_code`, such as 2042 for a job that was submitted held. */
export const faultsSchema = z.object({
  errors: z.array(z.object({ error: text, description: text, error_number: number })).catch([]),
})

export const submitSchema = z.object({ job_id: z.number().int().optional() })

const job = z.object({
  job_id: z.number(),
  name: text,
  job_state: text,
  priority: number,
  start_time: seconds,
  end_time: seconds,
  state_reason: text,
  state_description: text,
  nodes: text,
  user_name: text,
  comment: text,
})

export const jobsSchema = z
  .object({ jobs: z.array(z.unknown()) })
  .transform(({ jobs }) => readable(job, jobs).map(readJob))

/** Those without a number are passed over. */
const readable = <T>(schema: z.ZodType<T>, items: readonly unknown[]): readonly T[] =>
  items.flatMap((item) => schema.safeParse(item).data ?? [])

function readJob({ job_id, name, job_state, priority, start_time, end_time, ...rest }: z.infer<typeof job>): SlurmJob {
  return {
    id: String(job_id),
    name,
    user: rest.user_name,
    state: job_state,
    priority: priority ?? 0,
    nodes: readNodeList(rest.nodes),
    startedAt: job_state === 'PENDING' ? undefined : start_time,
    endedAt: hasEnded(job_state) ? end_time : undefined,
    leavingSince: job_state === 'COMPLETING' ? end_time : undefined,
    reason: rest.state_description || rest.state_reason,
    comment: rest.comment,
  }
}

const run = z.object({
  job_id: z.number(),
  name: text,
  state: z.object({ current: text }).catch({ current: '' }),
  time: z.object({ start: seconds, end: seconds }).catch({ start: undefined, end: undefined }),
  exit_code: z
    .object({ return_code: number, signal: z.object({ signal_id: z.number() }).optional().catch(undefined) })
    .catch({ return_code: undefined, signal: undefined }),
  user: text,
  comment: z.object({ job: text }).catch({ job: '' }),
  /** What Slurm itself adds up for the job. Steps of one job count the same node, each for itself. */
  tres: z.object({ allocated: z.array(z.object({ type: text, count: number })) }).catch({ allocated: [] }),
})

export const runsSchema = z
  .object({ jobs: z.array(z.unknown()).nullish() })
  .transform(({ jobs }) => readable(run, jobs ?? []).map(readRun))

function readRun({ job_id, name, user, state, time, exit_code, comment, tres }: z.infer<typeof run>): SlurmRun {
  const code = exit_code.return_code ?? (exit_code.signal ? 0 : undefined)
  return {
    id: String(job_id),
    name,
    user,
    state: state.current,
    startedAt: beginning(state.current, time.start, time.end),
    endedAt: runHasEnded(state.current) ? time.end : undefined,
    exitCode: code === undefined ? undefined : exitCodeOf(code, exit_code.signal?.signal_id ?? 0),
    joules: meteredJoules(tres.allocated.find(({ type }) => type === 'energy')?.count),
    comment: comment.job,
  }
}

const associations = z.object({ associations: z.array(z.object({ account: text })).catch([]) })

/** Accounts that a user has; none for one whom the accounting does not know. */
export const accountsSchema = z
  .object({ users: z.array(z.unknown()).nullish() })
  .transform(({ users }) => readable(associations, users ?? []).flatMap((user) => user.associations))
  .transform((all) => [...new Set(all.map(({ account }) => account))].filter((account) => account !== ''))
