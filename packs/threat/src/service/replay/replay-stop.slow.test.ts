import type { ReplayView } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ANN, AUDITOR, BOB, type ThreatHouse, threatHouse } from '../threat-house.fixture.ts'
import { sqlReplayStore } from './replay-store.ts'

describe.each(testStores())('a replay under way, $name', (stores) => {
  let house: ThreatHouse
  beforeAll(async () => {
    house = await threatHouse(stores)
  })
  afterAll(() => house.close())

  const start = () =>
    house.call<ReplayView>(ANN, 'POST /replays', {
      body: { sample: true, speed: 60, events: false, afterRestart: 'cancel' },
    })
  const get = (id: string) => house.call<ReplayView>(AUDITOR, 'GET /replays/:id', { params: { id } })
  const stop = (id: string, by = BOB) => house.call<ReplayView>(by, 'POST /replays/:id/stop', { params: { id } })
  const until = async (id: string, ready: (view: ReplayView) => boolean): Promise<ReplayView> => {
    for (;;) {
      const view = await get(id)
      if (ready(view)) return view
      await new Promise((done) => setTimeout(done, 100))
    }
  }

  test('one that would take three days is stopped at once; then another may begin', async () => {
    const { id } = await start()
    await until(id, ({ progress }) => (progress?.share ?? 0) >= 0.3)
    await expect(stop(id, AUDITOR)).rejects.toThrow('does not allow')
    const begun = performance.now()
    await stop(id)
    const view = await until(id, ({ state }) => state === 'cancelled')
    expect(view).toMatchObject({ stoppedBy: 'bob' })
    expect(view.outcome).toBeUndefined()
    expect(performance.now() - begun).toBeLessThan(5000)
    await expect(stop(id)).rejects.toMatchObject({ code: 'threat.replay_over' })
    const next = await start()
    await stop(next.id)
    await until(next.id, ({ state }) => state === 'cancelled')
    await house.store.jobs.idle()
  }, 120_000)

  test('one that the house finds running at its start is cancelled, and says that the house did it', async () => {
    const replays = sqlReplayStore(house.store)
    const { id } = await start()
    const row = await replays.find(id)
    await stop(id)
    await house.store.jobs.idle()
    // What a killed house leaves behind: the row says running, and the job is in the queue again.
    await replays.save({ ...row, view: { ...row?.view, state: 'running' } } as never)
    await house.store.transaction((tx) => house.store.jobs.enqueue(tx as never, 'threat-replay', { id }))
    await house.store.jobs.idle()
    expect(await get(id)).toMatchObject({ state: 'cancelled', stoppedBy: 'house' })
  }, 120_000)
})
