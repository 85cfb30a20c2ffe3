import { expect, test } from 'vitest'
import { hostsOf } from './hosts-of.ts'

test('hosts are named, and those without a name are counted', () => {
  const hosts = ['web', 'db']
  expect(hostsOf({ hosts, hostCount: 2 })).toBe('web, db')
  expect(hostsOf({ hosts, hostCount: 42 })).toBe('web, db +40')
  expect(hostsOf({ hosts, hostCount: 10_000, atLeast: true })).toBe('web, db +≥9998')
})
