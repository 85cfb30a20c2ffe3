import { expect, test } from 'vitest'
import { depthOf, isShown } from './shade.ts'

test.each([
  ['rules', [0, 1, 2, 3, 9, 27, 500], [0, 1, 1, 2, 3, 4, 4]],
  ['hits', [0, 1, 9, 10, 99, 1000, 50_000], [0, 1, 1, 2, 2, 4, 4]],
] as const)('%s are shaded by powers', (shade, counts, depths) => {
  expect(counts.map((count) => depthOf(count, shade))).toEqual(depths)
})

test('gaps and rules that never fired can be looked for', () => {
  const cells = [
    { rules: 0, hits: 0 },
    { rules: 3, hits: 0 },
    { rules: 3, hits: 5 },
  ]
  expect(cells.map((cell) => isShown(cell, 'all'))).toEqual([true, true, true])
  expect(cells.map((cell) => isShown(cell, 'gaps'))).toEqual([true, false, false])
  expect(cells.map((cell) => isShown(cell, 'quiet'))).toEqual([false, true, false])
})
