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

const NOTHING = { jobs: { running: 0, waiting: 0, held: 0 }, sites: [] }

export const noEngineView = (why: Text): EngineView => ({ healthy: false, why, ...NOTHING })

const STATES = {
  starting: { en: 'it is starting', zh: '正在启动' },
  runs: { en: 'it runs and keeps to its limits', zh: '运行正常，未超出限额' },
  over: {
    en: 'it runs, but at least one site draws more than its limit now',
    zh: '正在运行，但至少一个站点当前超出限额',
  },
} as const

export function engineView(engine: Executor['id'], latest: LatestStep | undefined): EngineView {
  if (!latest) return { engine, healthy: false, why: STATES.starting, ...NOTHING }
  const { at, seconds, failure } = latest
  const sites = siteViews(latest)
  const within = sites.every(({ kw, limitKw }) => kw <= limitKw + 1e-6)
  return {
    ...{ engine, healthy: !failure, why: failure?.text ?? (within ? STATES.runs : STATES.over) },
    ...(failure && { failure: { code: failure.code, text: failure.text } }),
    ...{ stepAt: new Date(at).toISOString(), stepSeconds: seconds, jobs: countsOf(latest.jobs), sites },
  }
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
