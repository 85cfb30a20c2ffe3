import { expect, test } from 'vitest'
import { type Slab, SlabPool } from './slab-pool.ts'

const KIB = 2 ** 10
const poolOf = (slabs: number): SlabPool => new SlabPool({ slabs, slabBytes: 16 * KIB, largeBytes: 64 * KIB })

test('batches share a slab, each in its own place, and it is free once all of it was given back', () => {
  const pool = poolOf(2)
  const first = pool.take() as Slab
  const second = pool.rest(first, 5 * KIB) as Slab
  const third = pool.rest(second, 10) as Slab
  expect([first, second, third].map(({ at }) => at - first.at)).toEqual([0, 5 * KIB, 7 * KIB])
  expect([first, second, third].map(({ bytes }) => bytes.byteOffset - first.bytes.byteOffset)).toEqual([0, 5120, 7168])
  expect(third.bytes.length).toBe(9 * KIB)
  for (const slab of [second, first]) {
    pool.give(slab)
    expect(pool.freeBytes).toBe(16 * KIB)
  }
  pool.give(third)
  expect(pool.freeBytes).toBe(32 * KIB)
})

test('a slab that came back is whole again', () => {
  const pool = poolOf(1)
  const slab = pool.take() as Slab
  const rest = pool.rest(slab, 8 * KIB) as Slab
  pool.give(slab)
  expect(pool.take()).toBeUndefined()
  pool.give(rest)
  expect(pool.take()?.bytes.length).toBe(16 * KIB)
})

test('however small, a limited number of batches fits into a slab, and none shares a large one', () => {
  const pool = poolOf(1)
  const batches: Slab[] = []
  for (let slab = pool.take(); slab; slab = pool.rest(slab, 1)) batches.push(slab)
  expect(batches.length).toBe(8)
  const large = pool.takeLarge(20 * KIB) as Slab
  expect([large.at, pool.rest(large, 1)]).toEqual([0, undefined])
})
