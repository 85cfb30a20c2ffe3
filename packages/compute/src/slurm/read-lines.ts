import { readNodeList } from './node-list.ts'
import type { SlurmJob, SlurmRun } from './slurm-client.ts'

/** A line of squeue: number, state, priority, start, end, name, nodes, comment, reason. Slurm's times in seconds since 1970. */
export function readJobLine(line: string): SlurmJob {
  const [id = '', state = '', priority = '', start = '', end = '', name = '', nodes = '', comment = '', ...reason] =
    line.split('|')
  const pending = state === 'PENDING'
  return {
    id,
    name,
    state,
    priority: Number(priority),
    nodes: readNodeList(nodes),
    startedAt: pending ? undefined : milliseconds(start),
    endedAt: hasEnded(state) ? milliseconds(end) : undefined,
    leavingSince: state === 'COMPLETING' ? milliseconds(end) : undefined,
    reason: reason.join('|'),
    comment: comment === '(null)' ? '' : comment,
  }
}

/** A line of sacct: number, name, state, start, end, exit code, energy in joules, comment. */
export function readRunLine(line: string): SlurmRun {
  const [id = '', name = '', state = '', start = '', end = '', exit = '', energy = '', comment = ''] = line.split('|')
  const word = state.split(' ')[0] ?? ''
  const [code = '', signal = '0'] = exit.split(':')
  return {
    id,
    name,
    state: word,
    startedAt: milliseconds(start),
    endedAt: runHasEnded(word) ? milliseconds(end) : undefined,
    exitCode: /^\d+$/.test(code) ? exitCodeOf(Number(code), Number(signal)) : undefined,
    joules: meteredJoules(energy === '' ? undefined : Number(energy)),
    comment,
  }
}

/** As a shell tells it: 128 and the number of the signal where one ended the job. */
export const exitCodeOf = (code: number, signal: number): number => (signal > 0 ? 128 + signal : code)

/** Slurm says 0 where nothing was metered, and a number near 2^64 where the meter failed. */
export const meteredJoules = (value: number | undefined): number | undefined =>
  value !== undefined && value > 0 && value < 1e15 ? value : undefined

/** Pending, running and what lies between are not at their end; REQUEUED is the end of one run. */
export const hasEnded = (state: string): boolean => !GOING.has(state)

/** RESIZING in the accounts is the end of a run on more nodes; a job that is RESIZING goes on. */
export const runHasEnded = (state: string): boolean => state === 'RESIZING' || hasEnded(state)

const GOING = new Set([
  ...['PENDING', 'RUNNING', 'COMPLETING', 'CONFIGURING', 'SUSPENDED', 'STOPPED', 'RESIZING'],
  ...['REQUEUE_HOLD', 'REQUEUE_FED', 'SPECIAL_EXIT', 'SIGNALING', 'STAGE_OUT'],
])

const milliseconds = (seconds: string): number | undefined =>
  /^\d+$/.test(seconds) && Number(seconds) > 0 ? 1000 * Number(seconds) : undefined
