import { expect, test } from 'vitest'
import { spanText, timeText } from './time-text.ts'

const at = (time: string): Date => new Date(time)

test('a moment is written as people write it, with its zone', () => {
  expect(timeText(at('2026-11-22T09:15:00+08:00'))).toEqual({
    en: '22 Nov 2026, 01:15 UTC',
    zh: '2026年11月22日 01:15（UTC）',
  })
})

test('a span names the date once where both ends lie on it', () => {
  expect(spanText(at('2026-11-22T10:00:00Z'), at('2026-11-22T11:30:00Z'))).toEqual({
    en: 'on 22 Nov 2026 from 10:00 to 11:30 UTC',
    zh: '2026年11月22日 10:00 至 11:30（UTC）',
  })
  expect(spanText(at('2026-11-22T23:00:00Z'), at('2026-11-23T01:00:00Z'))).toEqual({
    en: 'from 22 Nov 2026, 23:00 UTC to 23 Nov 2026, 01:00 UTC',
    zh: '自 2026年11月22日 23:00（UTC）至 2026年11月23日 01:00（UTC）',
  })
})
