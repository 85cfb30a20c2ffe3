import type { SettlementTrial } from '@dengta/sdk'
import { expect, test } from 'vitest'
import { shrunkUnder, withShrunk } from './shrunk-jobs.ts'

const resize = (job: string, from: number, chips: number, event = 'event_1') => ({
  ...{ job, from, chips, event, kw: 1, minutes: 60, lostChipHours: 0 },
})

test('a job that shrinks twice under an event is one job at its fewest chips; other events do not count', () => {
  const all = [resize('a', 8, 4), resize('a', 4, 2), resize('b', 16, 8), resize('c', 8, 4, 'event_2')]
  expect(shrunkUnder('event_1', all)).toEqual({ jobs: 2, chipsFreed: 6 + 8 })
  expect(shrunkUnder('event_3', all)).toEqual({ jobs: 0, chipsFreed: 0 })
})

test('a settlement says it in both languages, and only where a job shrank', () => {
  const view = { minutes: 60, text: { en: 'settled', zh: '已结算' } } as SettlementTrial
  expect(withShrunk(view, { jobs: 0, chipsFreed: 0 })).toBe(view)
  const { shrunk, text } = withShrunk(view, { jobs: 2, chipsFreed: 14 })
  expect(shrunk).toEqual({ jobs: 2, chipsFreed: 14 })
  expect(text).toEqual({
    en: 'settled; 2 jobs of this house went on with fewer chips, 14 chips were set free',
    zh: '已结算；本平台有 2 个作业以较少芯片继续运行，释放 14 片芯片',
  })
})
