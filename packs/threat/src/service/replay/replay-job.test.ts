import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ReplayView } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { expect, test } from 'vitest'
import { flowFolder } from '../flow/flow-folder.ts'
import type { ThreatTables } from '../tables.ts'
import { AUDITOR, threatHouse } from '../threat-house.fixture.ts'
import { REPLAY_QUEUE } from './replay-job.ts'
import { sqlReplayStore } from './replay-store.ts'

const [stores] = testStores()

test('a replay that is given up has failed, says why, and leaves no journal behind', async () => {
  const house = await threatHouse(stores!)
  const at = { startedAt: house.clock.now().toISOString(), startedBy: 'ann' }
  const text = { en: 'x', zh: 'x' }
  const view: ReplayView = {
    ...{ id: 'replay_1', state: 'running', network: 'fox', origin: 'simulated', source: text, speed: 0, ...at },
    ...{ incidents: [], records: [] },
  }
  const replays = sqlReplayStore(house.store)
  await house.store.transaction<ThreatTables, void>((tx) => replays.create(tx, { view, kind: 'sample', events: false }))
  const journal = join(flowFolder(house.store.home, 'replay_1'), 'journal')
  mkdirSync(journal, { recursive: true })
  writeFileSync(join(journal, '1'), 'lines')
  await house.parts.jobs.find(({ queue }) => queue === REPLAY_QUEUE)?.giveUp?.({ id: 'replay_1' })
  const over = await house.call<ReplayView>(AUDITOR, 'GET /replays/:id', { params: { id: 'replay_1' } })
  expect(over).toMatchObject({ state: 'failed', failure: { code: 'threat.replay_broken_off' } })
  expect(existsSync(journal)).toBe(false)
  await house.close()
})
