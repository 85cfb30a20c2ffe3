import { expect, test } from 'vitest'
import { times } from './times.ts'
import { zoneName } from './zone.ts'

const en = times('en')
const zh = times('zh')

test.each([
  [0, '0 s', '0 秒'],
  [999, '1 s', '1 秒'],
  [61_000, '1 min 1 s', '1 分 1 秒'],
  [3_600_000, '1 h', '1 小时'],
  [90_061_000, '1 d 1 h', '1 天 1 小时'],
  [-5, '0 s', '0 秒'],
])('%d ms last %s', (ms, english, chinese) => {
  expect([en.span(ms), zh.span(ms)]).toEqual([english, chinese])
})

test('latencies are as fine as they are read', () => {
  expect([0.42, 212.4, 1534, 72_000].map(en.latency)).toEqual(['0.42 ms', '212 ms', '1.53 s', '1 min 12 s'])
})

test.each([
  [0, 'UTC'],
  [480, 'UTC+8'],
  [345, 'UTC+5:45'],
  [-210, 'UTC−3:30'],
])('%d minutes from UTC are %s', (minutes, name) => expect(zoneName(minutes)).toBe(name))

test('a time that is compared with a clock elsewhere names its zone', () => {
  expect(en.zoned('2026-03-02T12:00:05Z')).toMatch(/^2026-03-\d{2} \d{2}:00:05 UTC/)
})

test('moments carry seconds in both languages', () => {
  const at = '2026-03-02T12:00:05Z'
  expect(en.moment(at)).toMatch(/^2026-03-\d{2} \d{2}:00:05$/)
  expect(zh.moment(at)).toMatch(/2026\/03\/\d{2} \d{2}:00:05/)
  expect(en.second(Date.parse(at))).toMatch(/\d{2}:00:05/)
})
