import { expect, test } from 'vitest'
import { complianceOf } from './compliance.ts'
import { PowerMinutes } from './power-minutes.ts'

const MINUTE = 60_000
const sample = (kw: number, limitKw = 9) => [{ site: 's', kw, limitKw }]

test('a sample holds until the next; the first minute, which was not watched whole, is left out', () => {
  const minutes = new PowerMinutes()
  expect(minutes.add(0.5 * MINUTE, sample(4))).toEqual([])
  expect(minutes.add(1.25 * MINUTE, sample(2))).toEqual([])
  expect(minutes.add(2.1 * MINUTE, sample(0, 3))).toEqual([
    { site: 's', minute: MINUTE, kw: 0.25 * 4 + 0.75 * 2, limitKw: 9 },
  ])
})

test('a minute that was slept through is not filled with a guess', () => {
  const minutes = new PowerMinutes()
  minutes.add(0, sample(4))
  minutes.add(MINUTE, sample(4))
  expect(minutes.add(4 * MINUTE, sample(4))).toEqual([])
  expect(minutes.add(5 * MINUTE, sample(4))).toEqual([])
  expect(minutes.add(6 * MINUTE, sample(4))).toMatchObject([{ minute: 5 * MINUTE, kw: 4 }])
})

test('compliance is the slowest site of the event; none while one stands above its limit', () => {
  const over = (at: number, node: string) => ({ kind: 'over', at, node, kw: 2, limitKw: 1 }) as const
  const within = (at: number, node: string) => ({ kind: 'within', at, node, seconds: 1 }) as const
  const span = { sites: ['a', 'b'], from: 1000, to: 9000 }
  const entries = [over(500, 'a'), within(900, 'a'), over(1200, 'a'), over(1200, 'b'), within(1900, 'a')]
  expect(complianceOf(entries, span)).toBeUndefined()
  expect(complianceOf([...entries, within(3200, 'b')], span)).toEqual({ seconds: 2.2, shrunk: [] })
  expect(complianceOf([], span)).toEqual({ seconds: 0, shrunk: [] })
  const job = { job: 'j', from: 8, chips: 4, kw: 2, minutes: 90, event: 'e', lostChipHours: 0.2 }
  const grown = { ...job, from: 4, chips: 8, event: undefined }
  const resized = (at: number, jobs: (typeof job | typeof grown)[]) => ({ kind: 'resized' as const, at, jobs })
  expect(complianceOf([resized(span.from, [job]), resized(span.from, [grown]), resized(span.to, [job])], span)).toEqual(
    {
      seconds: 0,
      shrunk: [job],
    },
  )
})
