import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { inLanes } from './in-lanes.ts'

test('acts on all in their order, never on more than the width at once', async () => {
  const begun: number[] = []
  let now = 0
  let most = 0
  const act = async (item: number) => {
    begun.push(item)
    most = Math.max(most, ++now)
    await sleep(1)
    now -= 1
  }
  expect(await inLanes([0, 1, 2, 3, 4, 5, 6], { width: 3, goOn: () => true, act })).toBe(true)
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6])
  expect(most).toBe(3)
})

test('begins nothing once told to stop, and says that some were left', async () => {
  const begun: number[] = []
  const act = async (item: number) => void begun.push(item)
  expect(await inLanes([0, 1, 2, 3], { width: 2, goOn: () => begun.length < 3, act })).toBe(false)
  expect(begun).toEqual([0, 1, 2])
})

test('after a fault begins nothing, lets the others end, and throws it', async () => {
  const ended: number[] = []
  const act = async (item: number) => {
    await sleep(item)
    if (item === 1) throw new Error('one')
    ended.push(item)
  }
  await expect(inLanes([1, 20, 2, 3], { width: 2, goOn: () => true, act })).rejects.toThrow('one')
  expect(ended).toEqual([20])
})
