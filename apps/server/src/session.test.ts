import type { Caller } from '@dengta/kernel'
import { expect, test } from 'vitest'
import { openSession } from './session.ts'

const operator: Caller = { participant: 'house', name: 'House', roles: ['operator'] }
const vendor: Caller = { participant: 'vendor-a', name: 'A', roles: ['developer'] }

test('only the session token may act for a participant, and only for one that is there', async () => {
  const session = openSession({
    operator,
    participant: async (id) => (id === 'vendor-a' ? vendor : undefined),
    tokens: async (token) => (token === 'dgt_held' ? vendor : undefined),
  })
  expect(await session.authenticate(session.token, undefined)).toBe(operator)
  expect(await session.authenticate(session.token, 'vendor-a')).toBe(vendor)
  expect(await session.authenticate(session.token, 'nobody')).toBeUndefined()
  expect(await session.authenticate('dgt_held', undefined)).toBe(vendor)
  expect(await session.authenticate('dgt_held', 'house')).toBeUndefined()
  expect(await session.authenticate('dgs_wrong', undefined)).toBeUndefined()
  expect(session.token).toMatch(/^dgs_[\w-]{43}$/)
})
