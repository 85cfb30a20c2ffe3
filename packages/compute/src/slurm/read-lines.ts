import { readNodeList } from './node-list.ts'
import type { SlurmJob, SlurmRun } from './slurm-client.ts'

/**
 * Records of so many fields, each ended by a mark. Names and comments are whatever their users like, line breaks too: the mark is made
 * for one answer, so that nobody can have written it into theirs. What is no record is passed over.
 */
export function readRecords(answer: string, mark: string, width: number): readonly (readonly string[])[] {
  const fields = answer.split(mark)
  const records = Array.from({ length: Math.floor(fields.length / width) }, (_, k) =>
    fields.slice(k * width, (k + 1) * width).map((field, i) => (i === 0 ? field.trim() : field)),
  )
  return records.filter(([id = '']) => /^\d+$/.test(id))
}

/** What squeue is asked of a job, in this order; Slurm's times in seconds since 1970. */
export const JOB_FIELDS = ['%A', '%T', '%Q', '%S', '%e', '%N', '%u', '%k', '%j', '%r'] as const

export function readJobFields(fields: readonly string[]): SlurmJob {
  const [id = '', state = '', priority = '', start = '', end = '', nodes = '', user = '', ...words] = fields
  const [comment = '', name = '', reason = ''] = words
  const pending = state === 'PENDING'
  return {
    id,
    name,
    user,
    state,
    priority: Number(priority),
    nodes: readNodeList(nodes),
    startedAt: pending ? undefined : milliseconds(start),
    endedAt: hasEnded(state) ? milliseconds(end) : undefined,
    leavingSince: state === 'COMPLETING' ? milliseconds(end) : undefined,
    reason,
    comment: comment === '(null)' ? '' : comment,
  }
}

/** What sacct is asked of a run, in this order. */
export const RUN_FIELDS = [
  ...['JobIDRaw', 'State', 'Start', 'End', 'ExitCode', 'ConsumedEnergyRaw', 'User', 'Comment', 'JobName'],
] as const

export function readRunFields(fields: readonly string[]): SlurmRun {
  const [id = '', state = '', start = '', end = '', exit = '', energy = '', ...words] = fields
  const [user = '', comment = '', name = ''] = words
  const word = state.split(' ')[0] ?? ''
  const [code = '', signal = '0'] = exit.split(':')
  const endedAt = milliseconds(end)
  return {
    id,
    name,
    user,
    state: word,
    startedAt: beginning(word, milliseconds(start), endedAt),
    endedAt: runHasEnded(word) ? endedAt : undefined,
    exitCode: /^\d+$/.test(code) ? exitCodeOf(Number(code), Number(signal)) : undefined,
    joules: meteredJoules(energy === '' ? undefined : Number(energy)),
    comment,
  }
}

/** A job that was cancelled a moment after its submission has its end for a start, and never began. */
export const beginning = (state: string, start: number | undefined, end: number | undefined): number | undefined =>
  state === 'CANCELLED' && start === end ? undefined : start

/** As a shell tells it: 128 and the number of the signal where one ended the job. */
export const exitCodeOf = (code: number, signal: number): number => (signal > 0 ? 128 + signal : code)

/** Slurm says 0 where nothing was metered, and a number near 2^64 where the meter failed. */
export const meteredJoules = (value: number | undefined): number | undefined =>
  value !== undefined && value > 0 && value < 1e15 ? value : undefined

/** Whether a job is at its end. Of a state that nobody here knows it is not said: what may still draw power is counted. */
export const hasEnded = (state: string): boolean => ENDED.has(state)

/** A job that is requeued, or goes on with fewer nodes, lives on: only the run of the accounts has ended. */
export const runHasEnded = (state: string): boolean => state === 'RESIZING' || state === 'REQUEUED' || hasEnded(state)

const ENDED = new Set([
  ...['COMPLETED', 'CANCELLED', 'FAILED', 'TIMEOUT', 'NODE_FAIL', 'PREEMPTED', 'BOOT_FAIL', 'DEADLINE'],
  ...['OUT_OF_MEMORY', 'REVOKED', 'LAUNCH_FAILED', 'RECONFIG_FAIL'],
])

const milliseconds = (seconds: string): number | undefined =>
  /^\d+$/.test(seconds) && Number(seconds) > 0 ? 1000 * Number(seconds) : undefined
