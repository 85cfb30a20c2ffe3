import type { AppError, Text } from '@dengta/kernel'
import type { EngineView } from '@dengta/sdk'
import type { PowerLimits } from '../controller/power-limits.ts'
import type { EngineJob, Executor } from '../executor/executor.ts'

/** What the newest step of the controller saw. Times in milliseconds since 1970. */
export interface LatestStep {
  readonly at: number
  readonly seconds: number
  readonly jobs: readonly EngineJob[]
  readonly limits: PowerLimits
  readonly failure?: AppError | undefined
}

/** What is remembered of an engine beyond its newest step. Times in milliseconds since 1970. */
export interface EngineMemory {
  /** When it last answered. */
  readonly contactAt?: number
  /** The newest failure of a step, kept when later steps do well. */
  readonly error?: { readonly at: number; readonly failure: AppError }
}

/** A view without what was refused, which is read from the store. */
type Standing = Omit<EngineView, 'refused'>

const NOTHING = { jobs: { running: 0, waiting: 0, held: 0 }, sites: [] }

/** `retry`: when it is tried again, for which time; absent where only a restart helps. */
export function noEngineView(why: Text, retry?: EngineView['retry']): Standing {
  return { state: retry ? 'retrying' : 'absent', healthy: false, why, ...NOTHING, ...(retry && { retry }) }
}

const STATES = {
  starting: { en: 'it is starting', zh: '正在启动' },
  runs: { en: 'it runs and keeps to its limits', zh: '运行正常，未超出限额' },
  over: {
    en: 'it runs, but at least one site draws more than its limit now',
    zh: '正在运行，但至少一个站点当前超出限额',
  },
} as const

export function engineView(
  engine: Executor['id'],
  latest: LatestStep | undefined,
  { contactAt, error }: EngineMemory,
): Standing {
  if (!latest) return { engine, state: 'starting', healthy: false, why: STATES.starting, ...NOTHING }
  const { at, seconds, failure } = latest
  const sites = siteViews(latest)
  const state = failure ? 'failing' : sites.every(({ kw, limitKw }) => kw <= limitKw + 1e-6) ? 'runs' : 'over'
  return {
    ...{ engine, state, healthy: !failure, why: failure?.text ?? STATES[state === 'over' ? 'over' : 'runs'] },
    ...(failure && { failure: { code: failure.code, text: failure.text } }),
    ...(contactAt !== undefined && { contactAt: new Date(contactAt).toISOString() }),
    ...(error && { lastError: errorView(error) }),
    ...{ stepAt: new Date(at).toISOString(), stepSeconds: seconds, jobs: countsOf(latest.jobs), sites },
  }
}

function errorView({ at, failure: { code, text } }: NonNullable<EngineMemory['error']>) {
  return { at: new Date(at).toISOString(), code, text }
}

function countsOf(jobs: readonly EngineJob[]): EngineView['jobs'] {
  const count = (wanted: EngineJob['state']): number => jobs.filter(({ state }) => state === wanted).length
  return { running: count('running'), waiting: count('waiting'), held: count('held') }
}

export function siteViews({ jobs, limits }: Pick<LatestStep, 'jobs' | 'limits'>): EngineView['sites'] {
  return limits.sites.map(({ name, limitKw, events }) => {
    const here = jobs.filter(({ site }) => site === name)
    const running = here.filter(({ state }) => state === 'running')
    const waiting = here.filter(({ state }) => state === 'waiting' || state === 'held').length
    const kw = running.reduce((sum, job) => sum + job.kw, 0)
    return { site: name, kw, limitKw, running: running.length, waiting, events: [...events] }
  })
}
