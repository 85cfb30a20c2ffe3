import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { RecentlyUsed } from './recently-used.ts'

test('at the limit the key that was longest not written goes, however often others are written again', () => {
  const used = new RecentlyUsed<number>(
    50,
    [...Array(40).keys()].map((at) => [`k${at}`, at]),
  )
  let plain: [string, number][] = [...used.entries()]
  for (let at = 0; at < 20_000; at += 1) {
    const key = `k${(at * at * 7 + at) % 83}`
    used.set(key, at)
    plain = [...plain.filter(([each]) => each !== key), [key, at] as [string, number]].slice(-50)
    if (at % 97 === 0) expect([...used.entries()]).toEqual(plain)
  }
  expect([...used.entries()]).toEqual(plain)
})

test('another value of a known key does not make it younger, and an unknown one is not taken up', () => {
  const used = new RecentlyUsed<number>(2, [
    ['a', 1],
    ['b', 2],
  ])
  used.replace('a', 3)
  used.replace('c', 4)
  expect([...used.entries()]).toEqual([
    ['a', 3],
    ['b', 2],
  ])
  used.set('c', 5)
  expect([...used.entries()]).toEqual([
    ['b', 2],
    ['c', 5],
  ])
})

test('what was outgrown is let go: a million writes of a hundred keys leave nothing behind', () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const used = new RecentlyUsed<number>(1000)
  const heapAfter = (writes: number): number => {
    for (let at = 0; at < writes; at += 1) used.set(`k${at % 100}`, at)
    collect()
    return process.memoryUsage().heapUsed
  }
  const before = heapAfter(10_000)
  expect(heapAfter(1_000_000) - before).toBeLessThan(2_000_000)
})
