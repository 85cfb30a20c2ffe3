import { expect, test } from 'vitest'
import { dayOf, endOf, startOf } from './day-bounds.ts'

test('the bounds of a day hold the whole day, and lead back to it', () => {
  expect([startOf('2026-02-28'), endOf('2026-02-28')]).toEqual(['2026-02-28T00:00:00.000Z', '2026-03-01T00:00:00.000Z'])
  expect([dayOf(startOf('2026-02-28')), dayOf(endOf('2026-02-28'), 1)]).toEqual(['2026-02-28', '2026-02-28'])
  expect([startOf(''), endOf('soon'), dayOf(undefined)]).toEqual([undefined, undefined, ''])
})
