import { expect, test } from 'vitest'
import { SHAPES, TwoBooks } from './two-books.fixture.ts'

test.each(SHAPES)('says what a book says that keeps everything, on streams of $findings findings', (shape) => {
  const runs = Array.from({ length: 1200 / shape.findings }, (_, seed) => new TwoBooks(seed, shape).run())
  expect(runs.some(({ merges }) => merges > 0)).toBe(shape.merges)
  expect(runs.every(({ closings }) => closings > 0)).toBe(true)
})
