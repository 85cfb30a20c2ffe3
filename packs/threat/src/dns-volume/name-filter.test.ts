import { expect, test } from 'vitest'
import { type Hash, keyedHash } from './keyed-hash.ts'
import { NameFilter } from './name-filter.ts'

const hash = (at: number): Hash => keyedHash(`name ${at}`, [3, 4])

test('the newest names are known, three quarters of its places at least', () => {
  const filter = new NameFilter(4096)
  for (let at = 0; at < 10_000; at += 1) expect(filter.see(hash(at))).toBe(false)
  let known = 0
  for (let at = 9999; at > 9999 - 3072; at -= 1) if (filter.see(hash(at))) known += 1
  expect(known).toBe(3072)
})

test('of a million new names none is taken for another one', () => {
  const filter = new NameFilter()
  let mistaken = 0
  for (let at = 0; at < 1_000_000; at += 1) if (filter.see(hash(at))) mistaken += 1
  expect(mistaken).toBe(0)
})

test('what is asked for again and again stays known, however many others come', () => {
  const filter = new NameFilter(1024)
  filter.see(hash(-1))
  for (let at = 0; at < 20_000; at += 1) {
    filter.see(hash(at))
    if (at % 700 === 0) expect(filter.see(hash(-1))).toBe(true)
  }
})
