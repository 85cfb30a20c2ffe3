import { z } from 'zod'
import { readNodeList } from './node-list.ts'
import { exitCodeOf, hasEnded, meteredJoules, runHasEnded } from './read-lines.ts'
import type { SlurmJob, SlurmRun } from './slurm-client.ts'

/** Null stands in the accounts of a job that was requeued and cancelled before it started again. */
const seconds = z
  .number()
  .nullish()
  .transform((value) => (value && value > 0 ? 1000 * value : undefined))
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')

/** A failure as slurmrestd tells it; a warning has `error_code`, such as 2042 for a job that was submitted held. */
export const faultsSchema = z.object({
  errors: z
    .array(z.object({ error: text, description: text, error_number: z.number().optional() }))
    .nullish()
    .transform((errors) => errors ?? []),
})

export const submitSchema = z.object({ job_id: z.number().int().optional() })

const job = z.object({
  job_id: z.number(),
  name: text,
  job_state: z.string(),
  priority: z.number().nullish(),
  start_time: seconds,
  end_time: seconds,
  state_reason: text,
  state_description: text,
  nodes: text,
  user_name: text,
  comment: text,
})

export const jobsSchema = z.object({ jobs: z.array(job) }).transform(({ jobs }) => jobs.map(readJob))

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
  state: z.object({ current: z.string() }),
  time: z.object({ start: seconds, end: seconds }),
  exit_code: z.object({
    return_code: z.number().nullish(),
    signal: z.object({ signal_id: z.number() }).nullish(),
  }),
  user: text,
  comment: z.object({ job: text }),
  steps: z
    .array(z.object({ statistics: z.object({ energy: z.object({ consumed: z.number().nullish() }) }) }))
    .nullish(),
})

export const runsSchema = z.object({ jobs: z.array(run).nullish() }).transform(({ jobs }) => (jobs ?? []).map(readRun))

function readRun({ job_id, name, user, state, time, exit_code, comment, steps }: z.infer<typeof run>): SlurmRun {
  const code = exit_code.return_code ?? (exit_code.signal ? 0 : undefined)
  const joules = (steps ?? []).reduce(
    (sum, { statistics }) => sum + (meteredJoules(statistics.energy.consumed ?? 0) ?? 0),
    0,
  )
  return {
    id: String(job_id),
    name,
    user,
    state: state.current,
    startedAt: time.start,
    endedAt: runHasEnded(state.current) ? time.end : undefined,
    exitCode: code === undefined ? undefined : exitCodeOf(code, exit_code.signal?.signal_id ?? 0),
    joules: meteredJoules(joules),
    comment: comment.job,
  }
}
