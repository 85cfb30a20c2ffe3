import { expect, test } from 'vitest'
import { SHAPES, TwoBooks } from './two-books.fixture.ts'

const STREAMS = 1000

test.each(SHAPES)(
  'thousands of streams: two books agree on streams of $findings findings',
  { timeout: 300_000 },
  (shape) => {
    let closings = 0
    for (let seed = 0; seed < STREAMS; seed += 1) closings += new TwoBooks(1_000_000 + seed, shape).run().closings
    expect(closings).toBeGreaterThan(STREAMS)
  },
)
