import { expect, test } from 'vitest'
import { DiskTurns } from './disk-turns.ts'

const MIB = 2 ** 20

test('one stream alone may have 8 MiB under way, several share them, and small ones always pass', () => {
  const turns = new DiskTurns()
  turns.took('flood', 8 * MIB)
  expect([turns.hasShare('flood'), turns.admits('flood', 1), turns.admits('honest', 200)]).toEqual([true, false, true])
  turns.took('honest', 200)
  expect([turns.hasShare('flood'), turns.hasShare('honest')]).toEqual([false, true])
  turns.durable('flood', 5 * MIB)
  expect([turns.hasShare('flood'), turns.admits('flood', 20 * MIB)]).toEqual([true, true])
  turns.durable('flood', 3 * MIB)
  turns.durable('honest', 200)
  turns.took('flood', 8 * MIB)
  expect(turns.hasShare('flood')).toBe(true)
})
