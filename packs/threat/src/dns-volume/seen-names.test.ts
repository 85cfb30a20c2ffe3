import { expect, test } from 'vitest'
import { type Hash, keyedHash } from './keyed-hash.ts'
import { SeenNames } from './seen-names.ts'

const KEY: Hash = [11, 22]
const hash = (at: number): Hash => keyedHash(`name ${at}`, KEY)

test('100,000 names are each new once, and known for at least a span', () => {
  const seen = new SeenNames({ spanMs: 1000, capacity: 200_000 })
  const known = (time: number): number => {
    let count = 0
    for (let at = 0; at < 100_000; at += 1) if (seen.see(hash(at), time)) count += 1
    return count
  }
  expect(known(10)).toBe(0)
  expect(known(1009)).toBe(100_000)
  expect(seen.see(hash(5), 1500)).toBe(true)
  expect(seen.see(hash(6), 4000)).toBe(false)
})

test('without room the older half is forgotten and counted; no more than twice the capacity is held', () => {
  const seen = new SeenNames({ spanMs: 1e9, capacity: 100 })
  for (let at = 0; at < 1000; at += 1) seen.see(hash(at), 0)
  expect(seen.size).toBeLessThanOrEqual(200)
  expect(seen.forgotten).toBe(9)
  expect(seen.see(hash(999), 0)).toBe(true)
  expect(seen.see(hash(0), 0)).toBe(false)
})

test('a saved one goes on alike', () => {
  const seen = new SeenNames({ spanMs: 1000, capacity: 50 })
  for (let at = 0; at < 70; at += 1) seen.see(hash(at), at)
  const again = new SeenNames({ spanMs: 1000, capacity: 50 }, seen.save())
  for (let at = 0; at < 200; at += 1) expect(again.see(hash(at), 100 + at)).toBe(seen.see(hash(at), 100 + at))
})
