import { describe, expect, test } from 'vitest'
import { LATENESS_MS, LiveTime } from './live-time.ts'

const HOUR = 3_600_000

describe('live time', () => {
  test('before the first event there is no time', () => {
    const time = new LiveTime()
    expect(time.watermark(HOUR)).toBe(Number.NEGATIVE_INFINITY)
    expect(time.receiptOf(0)).toBeUndefined()
  })

  test.each([
    ['of now', 0],
    ['eight hours behind', -8 * HOUR],
    ['ahead', 2 * HOUR],
  ])('events %s: silence moves time on with the clock', (_, apart) => {
    const time = new LiveTime()
    time.see({ eventMs: 10 * HOUR + apart, receivedMs: 10 * HOUR })
    expect(time.watermark(10 * HOUR)).toBe(10 * HOUR + apart - LATENESS_MS)
    expect(time.watermark(11 * HOUR)).toBe(11 * HOUR + apart - LATENESS_MS)
    expect(time.watermark(time.receiptOf(10.5 * HOUR + apart) ?? 0)).toBe(10.5 * HOUR + apart)
  })

  test('a late event does not set it back, a newer one sets it forward', () => {
    const time = new LiveTime({ eventMs: 10 * HOUR, receivedMs: 10 * HOUR })
    time.see({ eventMs: 9 * HOUR, receivedMs: 10 * HOUR + 1000 })
    expect(time.newest).toEqual({ eventMs: 10 * HOUR, receivedMs: 10 * HOUR })
    time.see({ eventMs: 12 * HOUR, receivedMs: 10 * HOUR + 2000 })
    expect(time.watermark(10 * HOUR + 3000)).toBe(12 * HOUR + 1000 - LATENESS_MS)
  })
})
