import { expect, test } from 'vitest'
import { askedOf, askedSearch, requestOf } from './asked.ts'

test('an address is a request, and a form is an address', () => {
  const filled = { from: '14:00', minutes: 180, depth: 25, notice: 30, sites: ['a', 'b'], of: 3 }
  expect(askedOf(filled)).toEqual({ from: '14:00', minutes: 180, depth: 25, notice: 30, sites: 'a,b' })
  expect(requestOf(askedOf(filled))).toEqual({
    ...{ from: '14:00', minutes: 180, depth: 0.25, noticeMinutes: 30, sites: ['a', 'b'] },
  })
})

test('all sites need no name', () => {
  const asked = askedOf({ from: '09:15', minutes: 60, depth: 10, notice: 0, sites: ['a', 'b'], of: 2 })
  expect(asked.sites).toBeUndefined()
  expect(requestOf(asked)).toEqual({ from: '09:15', minutes: 60, depth: 0.1, noticeMinutes: 0 })
})

test.each([[{}], [{ from: '14:00' }], [{ from: 'soon', minutes: 60, depth: 25 }], [{ from: '14:00', minutes: 60 }]])(
  '%j asks for nothing',
  (asked) => {
    expect(requestOf(asked)).toBeUndefined()
  },
)

test('an address with nonsense asks only for what makes sense', () => {
  expect(askedSearch({ from: '14:00', minutes: -5, depth: 'deep', notice: 30, sites: '' })).toEqual({
    ...{ from: '14:00', minutes: undefined, depth: undefined, notice: 30, sites: undefined },
  })
})
