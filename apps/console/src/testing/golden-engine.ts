import type { EndedJobs, EngineView } from '@dengta/sdk'

const ENGINE: EngineView = {
  ...{ state: 'over', engine: 'local', healthy: true },
  why: {
    en: 'it runs, but at least one site draws more than its limit now',
    zh: '正在运行，但至少一个站点当前超出限额',
  },
  ...{ contactAt: '2026-11-22T08:00:12.000Z', stepAt: '2026-11-22T08:00:12.000Z', stepSeconds: 0.04 },
  lastError: {
    ...{ at: '2026-11-22T07:58:00.000Z', code: 'house.unexpected' },
    text: { en: 'the engine did not answer in time', zh: '执行引擎未及时应答' },
  },
  jobs: { running: 2, waiting: 1, held: 1 },
  sites: [
    { site: 'north', kw: 4.2, limitKw: 3.9, running: 2, waiting: 2, events: ['event_1'] },
    { site: 'west', kw: 0, limitKw: 5, running: 0, waiting: 0, events: [] },
  ],
  refused: [
    {
      ...{ job: 'job_1', name: '语音微调', at: '2026-11-22T07:40:00.000Z' },
      reason: { en: 'the engine refused it: too many chips', zh: '执行引擎拒绝了该作业：芯片过多' },
    },
    {
      ...{ job: '', name: '', at: '2026-11-22T07:30:00.000Z' },
      reason: { en: 'the engine refused a job of another participant', zh: '执行引擎拒绝了其他参与方的一个作业' },
    },
  ],
}

const WHERE = { site: 'north', chip: 'a100', chips: 4, startedAt: '2026-11-22T01:00:00.000Z' }
const RECORD = 'cfcf053e26c24d4da180fa755e29c8d6bf125dc7b29f040e3af600a6b77ed0e9'

const jobs: EndedJobs['jobs'] = [
  {
    ...{ job: 'job_2', name: '夜间微调', participant: 'lab', ...WHERE, state: 'done' },
    ...{ endedAt: '2026-11-22T02:00:00.000Z', chipHours: 4, record: RECORD },
  },
  { ...{ job: '', name: '', participant: '', ...WHERE }, state: 'failed', endedAt: '2026-11-22T01:30:00.000Z' },
]

/** The engine of a house in trouble: one site above its limit, an error behind it, two refusals; and two jobs that have ended. */
export const goldenEngine = (plans: readonly string[]): Readonly<Record<string, unknown>> => ({
  '/compute/engine': ENGINE,
  ...Object.fromEntries(plans.map((plan) => [`/compute/plans/${plan}/ended`, { plan, day: 'day_1', jobs }])),
})
