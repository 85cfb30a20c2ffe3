import { describe, expect, test } from 'vitest'
import { AHEAD_MS, LATENESS_MS, LiveTime } from './live-time.ts'

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
    ['a little ahead', AHEAD_MS],
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
    time.see({ eventMs: 10 * HOUR + 9000, receivedMs: 10 * HOUR + 2000 })
    expect(time.watermark(10 * HOUR + 3000)).toBe(10 * HOUR + 10_000 - LATENESS_MS)
  })

  test('an event further ahead of its receipt does not lead it away: it counts at the time of the flow', () => {
    const time = new LiveTime({ eventMs: 9 * HOUR, receivedMs: 9.5 * HOUR })
    const future = { eventMs: 1000 * HOUR, receivedMs: 10 * HOUR }
    expect(time.see(future)).toBe(9.5 * HOUR)
    expect(time.watermark(10 * HOUR)).toBe(9.5 * HOUR - LATENESS_MS)
    expect(new LiveTime().see(future)).toBe(10 * HOUR)
  })

  test('the bound is a setting', () => {
    const time = new LiveTime(undefined, 2 * HOUR)
    expect(time.see({ eventMs: 12 * HOUR, receivedMs: 10 * HOUR })).toBe(12 * HOUR)
    expect(time.see({ eventMs: 12 * HOUR + 1, receivedMs: 10 * HOUR })).toBe(12 * HOUR)
  })

  test('whatever comes, it is never further ahead of receipt than the bound, nor runs backwards', () => {
    const time = new LiveTime()
    let random = 7
    const next = () => {
      random = (random * 48_271) % 2_147_483_647
      return random / 2_147_483_647
    }
    for (let receivedMs = HOUR, before = 0; receivedMs < 2 * HOUR; receivedMs += Math.round(next() * 20_000)) {
      time.see({ eventMs: receivedMs + Math.round((next() - 0.3) * 4 * AHEAD_MS), receivedMs })
      const now = time.watermark(receivedMs) + LATENESS_MS
      expect(now).toBeLessThanOrEqual(receivedMs + AHEAD_MS)
      expect(now).toBeGreaterThanOrEqual(before)
      before = now
    }
  })

  test('one that was led away before there was a bound goes by receipt again', () => {
    const time = new LiveTime({ eventMs: 1000 * HOUR, receivedMs: 10 * HOUR })
    expect(time.watermark(11 * HOUR)).toBe(11 * HOUR - LATENESS_MS)
  })
})
