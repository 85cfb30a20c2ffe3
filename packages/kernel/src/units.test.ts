import { expect, test } from 'vitest'
import { convert, energyOf, type Unit } from './units.ts'

test.each<[number, Unit, Unit, number]>([
  [1500, 'W', 'kW', 1.5],
  [2, 'MW', 'kW', 2000],
  [1, 'kWh', 'J', 3_600_000],
  [1, 'MWh', 'kWh', 1000],
  [7.2e6, 'J', 'kWh', 2],
  [12.5, 'CNY', 'CNY', 12.5],
  [3, 'chip-hour', 'chip-hour', 3],
])('%d %s is %s %s', (value, from, to, expected) => {
  expect(convert({ value, unit: from }, to)).toEqual({ value: expected, unit: to })
})

test('quantities of another dimension never become one another', () => {
  const units: readonly Unit[] = ['W', 'J', 'CNY', 'chip-hour', 's', 'B']
  for (const from of units)
    for (const to of units) if (from !== to) expect(() => convert({ value: 1, unit: from }, to)).toThrow(TypeError)
})

test('one kilowatt for one hour is one kilowatt-hour', () => {
  expect(convert(energyOf(1000, 3600), 'kWh')).toEqual({ value: 1, unit: 'kWh' })
})
