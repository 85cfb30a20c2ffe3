import { expect, test } from 'vitest'
import { atOnce } from '../group/in-steps.ts'
import { keyedHash } from './keyed-hash.ts'
import { NONE, PairTable } from './pair-table.ts'
import { addName, advance, begin, makeRoom, PART_MS, partOf, peersOf } from './pair-window.ts'
import { smallest } from './smallest.ts'
import { usualVolume } from './usual-volume.ts'

const START = 1000 * PART_MS

function open(pairs: PairTable, name: string, bits: number): number {
  const pair = pairs.open(keyedHash(name, [1, 2]), 7)
  pairs.parts[pair] = partOf(START)
  begin(pairs, pair, 100)
  addName(pairs, pair, { time: START, bits, length: 10 })
  return pair
}

test('the sum of a window against a list of everything that was added', () => {
  const pairs = new PairTable()
  const pair = open(pairs, 'a', 1)
  const added = [{ time: START, bits: 1 }]
  for (let at = 1; at < 200; at += 1) {
    const time = START + at * 0.37 * PART_MS
    advance(pairs, pair, time, 100)
    addName(pairs, pair, { time, bits: at, length: 5 })
    added.push({ time, bits: at })
    const wanted = added.filter((each) => partOf(each.time) > partOf(time) - 8)
    expect(pairs.sum(pairs.bits, pair)).toBeCloseTo(
      wanted.reduce((sum, { bits }) => sum + bits, 0),
      3,
    )
  }
})

test('without room quiet pairs go first, then those that carried least; the others are found as before', () => {
  const pairs = new PairTable()
  for (let at = 0; at < 100; at += 1) open(pairs, `pair ${at}`, at)
  expect(atOnce(makeRoom(pairs, START))).toBe(25)
  expect(pairs.size).toBe(75)
  for (let at = 0; at < 100; at += 1) {
    const pair = pairs.find(keyedHash(`pair ${at}`, [1, 2]))
    if (at < 25) expect(pair).toBe(NONE)
    else expect(pairs.sum(pairs.bits, pair)).toBe(at)
  }
  expect(atOnce(makeRoom(pairs, START + 9 * PART_MS))).toBe(0)
})

test('room made ahead is doubled as seldom as room made at last, and no more of it is held, also after a restart', () => {
  let pairs = new PairTable()
  let growths = 0
  for (let at = 0; at < 70_000; at += 1) {
    if (at === 30_000) pairs = new PairTable(atOnce(pairs.save()))
    if (at > 20_000 && pairs.needsRoom(20_000)) {
      growths += 1
      atOnce(pairs.grow())
    }
    open(pairs, `pair ${at}`, at)
  }
  expect(growths).toBe(3)
  expect(pairs.bytes).toBe(131_072 * 132)
})

test('what others usually send: median and deviations by hand; fewer than five say nothing', () => {
  const pairs = new PairTable()
  const pair = open(pairs, 'own', 1000)
  for (const [at, bits] of [10, 20, 30, 40, 50].entries()) open(pairs, `peer ${at}`, bits)
  const peers = peersOf(pairs, pair, START)
  expect([...peers].sort()).toEqual([10, 20, 30, 40, 50])
  expect(usualVolume(peers)).toBeCloseTo(30 + 6 * 1.4826 * 10, 9)
  expect(usualVolume(peers.subarray(1))).toBeUndefined()
  expect(usualVolume(Float64Array.of(8, 8, 8, 8, 8, 8))).toBeCloseTo(8 + 6 * 2, 9)
})

test('the value at a place of many is that of a sort, whatever it is', () => {
  const values = Float32Array.from({ length: 40_000 }, (_, at) => {
    const random = Math.imul(at + 1, 48_271) >>> 0
    return random % 7 === 0 ? -1 : (random % 90_001) / 7
  })
  const sorted = values.slice().sort()
  for (const count of [1, 100, 5714, 5715, 10_000, 39_999, 40_000])
    expect(atOnce(smallest(values, count))).toBe(sorted[count - 1])
})
