import { expect, test } from 'vitest'
import type { Pod } from './cluster.ts'
import { slotShares } from './slot-share.ts'

const share = (gpuMilli: number, gpus = 1): Pod => ({
  name: 'pod',
  cpuMilli: 1000,
  memoryMib: 1,
  gpus,
  gpuMilli,
  models: [],
  mayCap: true,
})

test('a share takes a whole slot where nothing of the workload fits beside it', () => {
  const slots = slotShares([share(800), share(800), share(400), share(400)])
  expect(slots(share(800))).toBe(1)
  expect(slots(share(400))).toBe(0.5)
})

test('a share takes no more than itself where the rest is filled', () => {
  const slots = slotShares([share(800), share(200)])
  expect(slots(share(800))).toBeCloseTo(0.8, 12)
  expect(slots(share(200))).toBeCloseTo(0.2, 12)
})

test('equal shares take their mean, where only some of them find a filler', () => {
  const slots = slotShares([share(800), share(800), share(200)])
  expect(slots(share(800))).toBeCloseTo(0.9, 12)
})

test('whole GPUs, none, and shares that nobody expected take what they ask for', () => {
  const slots = slotShares([share(800)])
  expect([share(1000), share(1000, 4), share(0, 0), share(300)].map(slots)).toEqual([1, 4, 0, 0.3])
})
