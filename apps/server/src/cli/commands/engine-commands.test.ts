import type { EngineView } from '@dengta/sdk'
import { expect, test } from 'vitest'
import { engineLines } from './engine-commands.ts'

const NONE = { jobs: { running: 0, waiting: 0, held: 0 }, sites: [], refused: [] }
const view = (more: Partial<EngineView>): EngineView => ({
  ...{ state: 'retrying', healthy: false, why: { en: 'it does not answer', zh: '无应答' }, ...NONE, ...more },
})
const english = { say: (text: { readonly en: string }) => text.en }

test('an engine that could not be opened says when it is tried again', () => {
  const retry = { attempts: 3, nextAt: '2026-11-22T08:00:04.000Z' }
  expect(engineLines(view({ retry }), english)).toEqual([
    'no engine: it does not answer',
    'tried 3 times, next at 2026-11-22T08:00:04.000Z',
  ])
})

test('last contact, last error and refusals stand below the sites', () => {
  const at = '2026-11-22T08:00:00.000Z'
  const reason = { en: 'too many chips', zh: '芯片过多' }
  const lines = engineLines(
    view({
      ...{ state: 'runs', engine: 'local', stepAt: at, contactAt: at },
      lastError: { at, code: 'house.unexpected', text: { en: 'no answer in time', zh: '未及时应答' } },
      sites: [{ site: 'north', kw: 1.5, limitKw: 4, running: 1, waiting: 0, events: [] }],
      refused: [
        { job: 'job_1', name: 'a', at, reason },
        { job: '', name: '', at, reason },
      ],
    }),
    english,
  )
  expect(lines[2]).toMatch(/north +1\.50 \/ 4\.00 kW/)
  expect(lines.slice(3)).toEqual([
    `last contact ${at}`,
    `last error ${at}: no answer in time`,
    `  ✗ ${at}  job_1  too many chips`,
    `  ✗ ${at}  ·  too many chips`,
  ])
})
