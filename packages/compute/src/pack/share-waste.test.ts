import { expect, test } from 'vitest'
import { shareWaste } from './share-waste.ts'

/** Two thirds of a GPU, half of one, a third: 650 and 320 fill a GPU, so do 470 twice, and 320 three times. */
const waste = shareWaste([
  { size: 650, worth: 2 },
  { size: 470, worth: 1.5 },
  { size: 320, worth: 1 },
])

test('a share wastes nothing where it lies as in the best filling', () => {
  expect([waste(1000, 650), waste(350, 320), waste(1000, 320), waste(530, 470)]).toEqual([0, 0, 0, 0])
})

test('a share wastes what a better one would have made of the rest', () => {
  expect(waste(530, 320)).toBeCloseTo(0.5 / 3, 12)
  // Beside 480 no two thirds fit any more, but 470 does.
  expect(waste(1000, 480)).toBeCloseTo((3 - 1.5) / 3, 12)
})

test('where shares are worth nothing none is wasted', () => {
  expect([shareWaste([])(1000, 320), shareWaste([{ size: 320, worth: 0 }])(330, 320)]).toEqual([0, 0])
})
