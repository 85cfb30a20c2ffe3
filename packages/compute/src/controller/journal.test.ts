import { expect, test } from 'vitest'
import { recall } from './journal.ts'

test('of a job that has ended only its end is remembered', () => {
  const job = { job: 'a', event: 'ask', lostChipHours: 1 }
  const gang = { ...job, from: 8, chips: 4, kw: 2, minutes: 9 }
  const memory = recall([
    { kind: 'cut', at: 1, victims: [job, { ...job, job: 'b' }] },
    { kind: 'resized', at: 2, jobs: [gang] },
    { kind: 'ended', at: 3, job: 'a', state: 'done' },
  ])
  expect(memory).toMatchObject({ ended: new Set(['a']), cutUnder: new Map([['b', 'ask']]), usageUpTo: 3 })
  expect(memory.resized).toEqual(new Map())
})
