import { expect, test } from 'vitest'
import { isFullStep, restAfter } from './step-rest.ts'

test('few alerts are stored soon, many together', () => {
  expect([1, 3, 10, 19, 100, 249].map(restAfter)).toEqual([29, 37, 65, 100, 100, 100])
})

test('where more waits, or nothing was found, it goes on at once', () => {
  expect([0, 250, 6000].map(restAfter)).toEqual([10, 10, 10])
  expect([0, 249, 250].map(isFullStep)).toEqual([false, false, true])
})
