import type { EngineView } from '@dengta/sdk'

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

/** The engine of a house in trouble: one site above its limit, an error behind it, two refusals. */
export const GOLDEN_ENGINE = { '/compute/engine': ENGINE }
