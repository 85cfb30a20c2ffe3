import { createHash } from 'node:crypto'
import type { Caller } from '@dengta/kernel'
import { publicJobErrors as errors } from '../public-job/public-job-errors.ts'

/** What a job runs: the house's own workload, or a program that its participant handed in. */
export type Work =
  | { readonly kind: 'demo'; readonly seconds: number | undefined }
  | { readonly kind: 'program'; readonly source: string; readonly words: readonly string[] }

const MOST_SECONDS = 86_400

/** Reads the command of a job. No other form exists: nobody names a file of this machine. Throws `compute_job.command`. */
export function workOf(command: readonly string[] | undefined): Work {
  if (!command) return { kind: 'demo', seconds: undefined }
  const [first, second, source, ...words] = command
  if (first === 'demo' && command.length <= 2) return { kind: 'demo', seconds: secondsOf(second) }
  if (first === 'node' && second === '-e' && source !== undefined) return { kind: 'program', source, words }
  throw errors.command()
}

function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const seconds = Number(text)
  if (!/^\d+$/.test(text) || seconds < 1 || seconds > MOST_SECONDS) throw errors.command()
  return seconds
}

/** Throws `compute_job.programs_not_held` or `compute_job.programs_role` where a program may not be handed in. */
export function checkWork(work: Work, { roles }: Pick<Caller, 'roles'>, holdsPrograms: boolean): void {
  if (work.kind === 'demo') return
  if (!holdsPrograms) throw errors.programs_not_held()
  if (!roles.includes('developer')) throw errors.programs_role()
}

/** False for a program where no sandbox would hold it, e.g. since the house has another engine, and for words of older versions. */
export function mayRun(command: readonly string[] | undefined, holdsPrograms: boolean): boolean {
  try {
    return workOf(command).kind === 'demo' || holdsPrograms
  } catch {
    return false
  }
}

/** The name that a program is kept under. */
export const programName = (source: string): string => `${createHash('sha256').update(source).digest('hex')}.mjs`
