import { expect, test } from 'vitest'
import { alertOf } from '../threat-house.fixture.ts'
import { ClockStage } from './clock-stage.ts'

const DAY = 86_400_000
const ahead = (minute: number, file: string, byMs: number) => {
  const alert = alertOf(minute)
  return { kind: 'alert', alert: { ...alert, file, eventMs: alert.receivedMs + byMs } } as const
}

test('streams ahead of the clock are named with their count and last time, for a day', () => {
  const stage = new ClockStage(300_000)
  for (const input of [ahead(0, 'plc-7', DAY), ahead(1, 'vpn', 300_000), ahead(2, 'plc-7', 301_000)]) stage.push(input)
  stage.push(ahead(3, 'cam', Number.MAX_VALUE))
  expect(stage.notices()).toMatchObject([
    { id: 'ahead cam', text: { en: expect.stringContaining('the last one +275760-09-13') } },
    { id: 'ahead plc-7', text: { en: expect.stringMatching(/^2 alerts of plc-7 carry times more than 5 minutes/) } },
  ])
  expect(stage.notices()[1]?.text.zh).toMatch(/^来自 plc-7 的 2 条告警，/)
  stage.push({ kind: 'time', ms: alertOf(4).receivedMs + DAY })
  expect(stage.notices()).toEqual([])
})

test('a restart goes on counting', () => {
  const stage = new ClockStage(300_000)
  stage.push(ahead(0, 'plc-7', DAY))
  const next = new ClockStage(300_000)
  next.restore(structuredClone(stage.save()))
  next.push(ahead(1, 'plc-7', DAY))
  expect(next.notices()[0]?.text.en).toMatch(/^2 alerts/)
  expect(stage.notices()[0]?.text.en).toMatch(/^1 alert of plc-7 carries a time /)
})

test('streams are bounded', () => {
  const stage = new ClockStage(300_000)
  for (let i = 0; i < 250; i += 1) stage.push(ahead(0, `sender ${i}`, DAY))
  expect(stage.notices().map(({ id }) => id)).toEqual(Array.from({ length: 100 }, (_, i) => `ahead sender ${249 - i}`))
})
