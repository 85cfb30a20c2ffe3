import type { HandOverView, TicketView } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { expect, test } from 'vitest'
import { startRun } from '../actuator/actuator.fixture.ts'
import { ANN, AUDITOR, decisionOf, groupOf, threatHouse } from '../threat-house.fixture.ts'
import { sealDecisions } from '../triage/seal-decisions.ts'

const HOUR = 3_600_000

test('the hand-over of a shift that is past says nothing of what came after it', async () => {
  const [stores] = testStores()
  const house = await threatHouse(stores!)
  const open = (title: string) => house.call<TicketView>(ANN, 'POST /tickets', { body: { title, severity: 'low' } })
  await open('early')
  await startRun(house, 'collect-evidence', { __host__: 'web-1' })
  await house.step([], [decisionOf(groupOf(0), 'close')])
  await sealDecisions(house, 'test')
  house.clock.advance(12 * HOUR)
  await open('late')
  await startRun(house, 'collect-evidence', { __host__: 'web-2' })
  await house.step([], [decisionOf(groupOf(1), 'close'), decisionOf(groupOf(2), 'close')])
  await sealDecisions(house, 'test')
  const report = async (from: string, to: string) =>
    house.call<HandOverView>(AUDITOR, 'GET /hand-over', { query: { from, to } })
  const { en: morning } = await report('2026-11-22T06:00:00Z', '2026-11-22T14:00:00Z')
  expect(morning).toContain('Open tickets: 1\n')
  expect(morning).not.toContain('late')
  expect(morning).toContain('baseline of 5 minutes')
  const { en: evening } = await report('2026-11-22T14:00:00Z', '2026-11-22T22:00:00Z')
  expect(evening).toContain('Open tickets: 2\n')
  expect(evening).toContain('baseline of 10 minutes')
  await expect(report('2026-11-22T14:00:00Z', '2026-11-22T14:00:00Z')).rejects.toThrow('班次的结束须晚于开始')
  const commands = (text: string) => Number(/on (\d+) command/.exec(text)?.[1])
  expect(commands(morning)).toBeGreaterThan(0)
  expect(commands(evening)).toBe(commands(morning))
  await house.close()
})
