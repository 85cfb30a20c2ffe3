import { expect, test } from 'vitest'
import { formats } from './formats.ts'

const en = formats('en')
const zh = formats('zh')

test('scores carry three decimals and a minus that is seen', () => {
  expect([0.6124, -0.406, 0, 1234.56].map(en.score)).toEqual(['0.612', '−0.406', '0.000', '1,235'])
})

test('a pure number carries no unit', () => {
  expect([en.measure(0.5, '1'), en.measure(8.4, 'mg/m³')]).toEqual(['0.500', '8.400 mg/m³'])
})

test('costs carry three significant digits, bytes their unit', () => {
  expect([1.4234, 21.3, 0.0042].map(zh.cost)).toEqual(['1.42', '21.3', '0.0042'])
  expect([999, 829_440, 5_000_000, 3 * 1024 ** 3].map(zh.bytes)).toEqual(['999 B', '810 KiB', '4.77 MiB', '3 GiB'])
})

test('amounts, gaps and powers are as fine as they are read', () => {
  expect([0.5, 999.999, 12_345.6, -3].map(en.amount)).toEqual(['0.50', '1,000.00', '12,346', '−3.00'])
  expect([0.0084, 0].map(zh.gap)).toEqual(['0.84%', '0.00%'])
  expect([21.34, 0, 6200].map(en.power)).toEqual(['21.3 kW', '0 kW', '6.2 MW'])
})

test('nothing is never less than nothing, and what is too little to read is said to be little', () => {
  expect([-0, -0.001].map(en.amount)).toEqual(['0.00', '0.00'])
  expect([-0, -0.0001].map(zh.percent)).toEqual(['0%', '0%'])
  expect([-0.0004, 1e-9, 0].map(en.score)).toEqual(['0.000', '0.000', '0.000'])
  expect([4.35e-7, 0.00872, 0].map(zh.quantity)).toEqual(['<0.001', '0.00872', '0'])
  expect(en.power(1e-6)).toBe('<0.001 kW')
})

test('a power beside its limit says its unit once, that of the larger', () => {
  expect([en.powerOf(38.42, 41.6), en.powerOf(0, 4999), zh.powerOf(900, 6200)]).toEqual([
    '38.4 / 41.6 kW',
    '0 / 5,000 kW',
    '0.9 / 6.2 MW',
  ])
})

test('shares and times follow the language', () => {
  expect([en.percent(0.95), zh.percent(0.954)]).toEqual(['95%', '95.4%'])
  expect(zh.time('2026-03-02T12:00:00Z')).toContain('2026年3月2日')
  expect(en.time('2026-03-02T12:00:00Z')).toContain('2 Mar 2026')
})
