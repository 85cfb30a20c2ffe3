import { expect, test } from 'vitest'
import { tableWidth } from './table-width.ts'

test('columns without a width keep room to be read', () => {
  expect(tableWidth([{ width: '104px' }, {}, { width: '72px' }])).toBe(104 + 220 + 72)
})
