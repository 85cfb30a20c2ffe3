import { expect, test } from 'vitest'
import { livingDay } from './living-day.fixture.ts'

test('killed before or after every single call of a day, and every fifth of two more, a controller keeps every promise', async () => {
  for (const [seed, stride] of [
    [3, 1],
    [5, 5],
    [8, 5],
  ] as const) {
    const { calls } = await livingDay(seed)
    expect(calls).toBeGreaterThan(200)
    for (let call = 1; call <= calls; call += stride) {
      await livingDay(seed, { before: call })
      await livingDay(seed, { after: call })
    }
  }
}, 300_000)
